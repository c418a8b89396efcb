# What a deployment is made of, with mocks: nothing here asks AWS or needs an account.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment_name = "north"
  account_id       = "210987654321"
  profile_file     = "tests/fixtures/north.json"
  package          = "tests/fixtures/function.zip"
  plans            = ["revalidation"]
  mongo_secret_arn = "arn:aws:secretsmanager:eu-north-1:210987654321:secret:north/mongo-AbCdEf"
}

# Applied to mocks, each function gets an ARN of its own, and definitions are known.
run "jvm" {
  command = apply

  assert {
    condition = alltrue([
      for name, function in aws_lambda_function.function :
      function.runtime == "java21" && function.publish && function.snap_start[0].apply_on == "PublishedVersions" &&
      function.handler == "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest" && function.architectures == tolist(["arm64"])
    ])
    error_message = "the JVM variant is not the managed runtime with SnapStart on published versions"
  }

  assert {
    condition     = toset(keys(aws_lambda_function.function)) == toset(["admit", "plan-chunks", "snapshot-chunk", "seal-snapshot", "sync-chunk", "seal-staging", "map-chunk", "seal-shadow", "verify", "request-approval", "catch-up", "pre-cut-over", "cut-over", "restore-chunk", "apply-chunk", "close-run", "finish", "reconcile"])
    error_message = "the functions are ${join(", ", keys(aws_lambda_function.function))}"
  }

  assert {
    condition     = alltrue([for name, function in aws_lambda_function.function : function.environment[0].variables.QUARKUS_LAMBDA_HANDLER == name])
    error_message = "a function has the handler of another"
  }

  assert {
    condition     = !anytrue([for function in aws_lambda_function.function : contains(keys(function.environment[0].variables), "DISABLE_SIGNAL_HANDLERS")])
    error_message = "the managed runtime is told what is meant for native functions"
  }

  # The profile is the one source: what it says reaches the functions, without the addresses of its schema and its API, which functions do not ask for.
  assert {
    condition = (
      jsondecode(aws_lambda_function.function["admit"].environment[0].variables.RESYNC_ENVIRONMENT) ==
      { for key, value in jsondecode(file("tests/fixtures/north.json")) : key => value if !contains(["$schema", "admin"], key) }
    )
    error_message = "RESYNC_ENVIRONMENT is not the profile"
  }

  assert {
    condition = alltrue([
      for name in ["snapshot-chunk", "sync-chunk", "map-chunk", "restore-chunk", "apply-chunk"] : aws_lambda_function.function[name].reserved_concurrent_executions == 7
    ]) && aws_lambda_function.function["reconcile"].reserved_concurrent_executions == 1
    error_message = "a chunk function may work on more chunks at once than maxConcurrency, or reconcile may meet itself"
  }

  # What the database is promised is what Lambda holds the functions to, all of them.
  assert {
    condition = output.instances == sum([for function in aws_lambda_function.function : function.reserved_concurrent_executions]) && alltrue([
      for function in aws_lambda_function.function : function.reserved_concurrent_executions >= 1
    ])
    error_message = "a function may work more often at once than its connections are counted"
  }

  # A call of a stopped run may still be at work when the way back begins; refusals and closings come beside the runs.
  assert {
    condition = alltrue([
      for name, function in aws_lambda_function.function :
      function.reserved_concurrent_executions == (contains(["admit", "close-run"], name) ? 3 : 2)
      if !contains(["snapshot-chunk", "sync-chunk", "map-chunk", "restore-chunk", "apply-chunk", "reconcile"], name)
    ])
    error_message = "the late call of a stopped run keeps another waiting, or a refusal waits for a run"
  }

  # 5 chunk functions with 7 each, 10 others with 2 each, admit and close-run with 3, reconcile; 5 connections each.
  assert {
    condition     = output.connections == (5 * 7 + 10 * 2 + 2 * 3 + 1) * 5
    error_message = "connections is ${output.connections}"
  }

  # The function gives up before its state does, and the state before its state machine.
  assert {
    condition = alltrue(flatten([
      for machine in ["resync", "restore"] : [
        for seconds in flatten(regexall("\"TimeoutSeconds\"\\s*:\\s*([0-9]+)", file("../statemachine/${machine}.asl.json"))) :
        tonumber(seconds) > max([for function in aws_lambda_function.function : function.timeout]...) &&
        tonumber(seconds) <= jsondecode(aws_sfn_state_machine.machine[machine].definition).TimeoutSeconds
      ]
    ]))
    error_message = "a state gives up before its function, or a state machine before its state"
  }

  assert {
    condition = alltrue([
      for machine in aws_sfn_state_machine.machine :
      length(regexall("\"TimeoutSeconds\"", machine.definition)) == length(regexall("\"Type\"\\s*:\\s*\"Task\"", machine.definition)) + 1
    ])
    error_message = "a state or a state machine has no limit of its own"
  }

  assert {
    condition = alltrue([
      for machine in aws_sfn_state_machine.machine : !strcontains(machine.definition, "%%{") && !strcontains(machine.definition, "$${") && machine.publish &&
      machine.type == "STANDARD" && machine.logging_configuration[0].level == "ALL" && !machine.logging_configuration[0].include_execution_data && machine.tracing_configuration[0].enabled
    ])
    error_message = "a definition holds something that is not resolved, or a state machine is not logged, traced and published as it should be"
  }

  # The right function in the right place.
  assert {
    condition = alltrue([
      for machine in ["resync", "restore"] : aws_sfn_state_machine.machine[machine].definition == templatefile("../statemachine/${machine}.asl.json", {
        for name, function in aws_lambda_function.function : "${replace(name, "-", "_")}_arn" => function.qualified_arn
      })
    ])
    error_message = "a state calls another function than the one it names"
  }

  assert {
    condition     = length(distinct([for function in aws_lambda_function.function : function.qualified_arn])) == length(aws_lambda_function.function)
    error_message = "the mocks give two functions one ARN, and this test proves nothing"
  }

  assert {
    condition = alltrue([for name in flatten([
      [for function in aws_lambda_function.function : function.function_name],
      [for machine in aws_sfn_state_machine.machine : machine.name],
      [for role in aws_iam_role.role : role.name],
      [for queue in aws_sqs_queue.dead_letters : queue.name],
      aws_sns_topic.notifications.name, aws_cloudwatch_event_rule.status_change.name,
    ]) : startswith(name, "resync_north_") && length(name) <= 64])
    error_message = "a name does not hold the environment, or is longer than 64"
  }

  assert {
    condition = alltrue([for tags in flatten([
      [for function in aws_lambda_function.function : function.tags],
      [for machine in aws_sfn_state_machine.machine : machine.tags],
      [for role in aws_iam_role.role : role.tags],
      [for group in aws_cloudwatch_log_group.function : group.tags],
      [for group in aws_cloudwatch_log_group.machine : group.tags],
      [for queue in aws_sqs_queue.dead_letters : queue.tags],
      aws_sns_topic.notifications.tags,
    ]) : tags.Environment == "north" && tags.EnvironmentKind == "test" && tags.EnvironmentColour == "purple" && tags.Application == "resync"])
    error_message = "a resource is not tagged with its environment"
  }

  assert {
    condition     = alltrue([for group in concat(values(aws_cloudwatch_log_group.function), values(aws_cloudwatch_log_group.machine)) : group.retention_in_days == 90])
    error_message = "a log group is kept for ever"
  }

  # Off by default; reconcile works all the same.
  assert {
    condition     = length(aws_scheduler_schedule.run) == 2 && alltrue([for schedule in aws_scheduler_schedule.run : schedule.state == "DISABLED"]) && aws_scheduler_schedule.reconcile.state != "DISABLED"
    error_message = "a schedule of runs is on without having been asked for"
  }

  assert {
    condition     = length(aws_apigatewayv2_api.admin) == 0 && length(aws_lambda_permission.api) == 0
    error_message = "there is an API without a package for it"
  }

  assert {
    condition = jsondecode(aws_cloudwatch_event_rule.status_change.event_pattern).detail == {
      stateMachineArn = ["arn:aws:states:eu-north-1:210987654321:stateMachine:resync_north_resync"]
      status          = ["FAILED", "TIMED_OUT", "ABORTED"]
    }
    error_message = "the rule matches other executions than those of the resync state machine that came to no good end"
  }

  assert {
    condition     = aws_cloudwatch_event_target.restore.input == null && aws_cloudwatch_event_target.restore.input_path == null && length(aws_cloudwatch_event_target.restore.dead_letter_config) == 1
    error_message = "the event does not reach the restore state machine as it is, or has no dead-letter queue"
  }

  # Who reads a name, a subject or the top of the dashboard knows where it is.
  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.own), values(aws_cloudwatch_metric_alarm.service), values(aws_cloudwatch_metric_alarm.errors)) :
      startswith(alarm.alarm_name, "north_resync_") && startswith(alarm.alarm_description, "TEST: environment north, colour purple.") && length(alarm.alarm_description) <= 1024 &&
      can(regex("docs/runbook\\.md#[a-z-]+$", alarm.alarm_description)) && length(alarm.alarm_actions) == 1
    ])
    error_message = "an alarm does not begin with its environment, or does not say what to do"
  }

  assert {
    condition = (
      jsondecode(aws_cloudwatch_dashboard.environment.dashboard_body).widgets[0].type == "text" &&
      startswith(jsondecode(aws_cloudwatch_dashboard.environment.dashboard_body).widgets[0].properties.markdown, "# TEST · environment north · colour purple\n")
    )
    error_message = "the dashboard does not begin with its environment in words"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.own["reconcile-silent"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.own["needs-operator"].treat_missing_data == "ignore" && aws_cloudwatch_metric_alarm.own["run-failed"].treat_missing_data == "notBreaching"
    error_message = "silence means another thing than it should to an alarm"
  }

  # Refused and failed executions are told, of both state machines. One that somebody stopped is not.
  assert {
    condition = toset([
      for alarm in aws_cloudwatch_metric_alarm.service : "${alarm.metric_name} ${alarm.dimensions.StateMachineArn}" if alarm.namespace == "AWS/States"
      ]) == toset(flatten([
        for machine in ["resync", "restore"] : [
          for metric in ["ExecutionsFailed", "ExecutionsTimedOut"] : "${metric} arn:aws:states:eu-north-1:210987654321:stateMachine:resync_north_${machine}"
        ]
    ]))
    error_message = "nobody is told of an execution that failed or timed out"
  }

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.service : alarm.treat_missing_data == "notBreaching" && alarm.threshold == 0 && alarm.period == 300 && alarm.evaluation_periods == 1 if alarm.namespace == "AWS/States"
    ])
    error_message = "a single execution that failed is not told, or silence is taken for a failure"
  }

  # Held runs are no errors, so that what Lambda counts does not do for stages. One period: retries are over in two minutes.
  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.errors)) == setsubtract(keys(aws_lambda_function.function), ["reconcile"]) && alltrue([
      for name, alarm in aws_cloudwatch_metric_alarm.errors : alarm.evaluation_periods == 1 && toset(flatten([
        for query in alarm.metric_query : [for metric in query.metric : "${metric.namespace} ${metric.metric_name} ${join(" ", values(metric.dimensions))}"]
      ])) == toset(["Resync Errors north ${name}", "AWS/Lambda Invocations resync_north_${name}"])
    ])
    error_message = "a stage that fails at every call raises no alarm, or a held run does"
  }

  # Seven tries of one call: four of them are in one of two periods. A single failure that was mended is fewer.
  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.errors : contains(
        [for query in alarm.metric_query : query.expression], "IF(errors >= 4 AND errors > 0.5 * FILL(calls, 0), errors, 0)"
      )
    ])
    error_message = "a function that fails at every call is not told, or each single failure is"
  }

  assert {
    condition = alltrue([
      for machine in ["resync", "restore"] : alltrue([
        for attempts in flatten(regexall("\"MaxAttempts\"\\s*:\\s*([0-9]+)", aws_sfn_state_machine.machine[machine].definition)) : tonumber(attempts) >= 6
      ])
    ])
    error_message = "a state gives up after fewer than seven tries, so that four failures in one period are not certain"
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.service["errors-reconcile"].namespace == "AWS/Lambda" && aws_cloudwatch_metric_alarm.service["errors-reconcile"].dimensions.FunctionName == "resync_north_reconcile" &&
      aws_cloudwatch_metric_alarm.service["errors-reconcile"].period == 300 && aws_cloudwatch_metric_alarm.service["errors-reconcile"].evaluation_periods == 3 &&
      aws_cloudwatch_metric_alarm.service["errors-reconcile"].datapoints_to_alarm == 2
    )
    error_message = "a reconcile that cannot start is not told"
  }
}

run "native" {
  command = apply
  variables {
    variant       = "native"
    architecture  = "x86_64"
    admin_package = "tests/fixtures/function.zip"
  }

  assert {
    condition = alltrue([
      for name, function in aws_lambda_function.function :
      function.runtime == "provided.al2023" && function.publish && length(function.snap_start) == 0 && function.architectures == tolist(["x86_64"]) && (function.timeout == (name == "apply-chunk" ? 300 : 900) || name == "admin")
    ])
    error_message = "the native variant is not provided.al2023 with the same limits"
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.function : function.environment[0].variables.DISABLE_SIGNAL_HANDLERS == "true"]) && contains(keys(aws_lambda_function.function), "admin")
    error_message = "a native function handles signals"
  }
}

# For accounts whose concurrency is too small to reserve any of it.
run "nothing_reserved" {
  command = apply
  variables { reserve_concurrency = false }

  assert {
    condition     = alltrue([for function in aws_lambda_function.function : function.reserved_concurrent_executions == -1])
    error_message = "a function takes from the account's concurrency"
  }
}

run "schedules" {
  command = apply
  variables {
    schedules_enabled = true
    dry_run_schedules = { weekly = { plan = "revalidation", expression = "cron(0 6 ? * MON *)" } }
  }

  assert {
    condition = { for name, schedule in aws_scheduler_schedule.run : schedule.schedule_expression => [schedule.state, schedule.schedule_expression_timezone] } == {
      "cron(5 2 ? * TUE,SUN *)" = ["ENABLED", "Europe/Oslo"]
      "cron(0 13 ? * * *)"      = ["ENABLED", "Europe/Oslo"]
      "cron(0 6 ? * MON *)"     = ["ENABLED", "Europe/Oslo"]
    }
    error_message = "the schedules are not those of the profile and of dry_run_schedules"
  }

  assert {
    condition = alltrue([
      for schedule in aws_scheduler_schedule.run :
      strcontains(schedule.target[0].input, "<aws.scheduler.scheduled-time>") && schedule.flexible_time_window[0].mode == "OFF" && length(schedule.target[0].dead_letter_config) == 1 &&
      jsondecode(schedule.target[0].input).StateMachineArn == aws_sfn_alias.current["resync"].arn && length(jsondecode(schedule.target[0].input)) == 2 && length(schedule.name) <= 64
    ])
    error_message = "a schedule does not start the alias, or the scheduler would not find where to put its time"
  }

  # What a schedule asks for is a request after statemachine/request.schema.json.
  assert {
    condition = { for schedule in aws_scheduler_schedule.run : schedule.schedule_expression => jsondecode(jsondecode(schedule.target[0].input).Input).mode } == {
      "cron(5 2 ? * TUE,SUN *)" = "EXECUTE", "cron(0 13 ? * * *)" = "EXECUTE", "cron(0 6 ? * MON *)" = "DRY_RUN"
    }
    error_message = "a schedule asks for another mode"
  }

  assert {
    condition = alltrue([
      for schedule in aws_scheduler_schedule.run : length(setsubtract(
        keys(jsondecode(jsondecode(schedule.target[0].input).Input)), keys(jsondecode(file("../statemachine/request.schema.json")).properties)
      )) == 0 && jsondecode(jsondecode(schedule.target[0].input).Input).environment == "north" && jsondecode(jsondecode(schedule.target[0].input).Input).via == "schedule"
    ])
    error_message = "the request of a schedule has fields that no request has, or names another environment"
  }
}

# A profile that lists times and days twice, and names who may use a schedule by the beginning.
run "times_that_are_listed_twice" {
  command = apply
  variables {
    profile_file      = "tests/fixtures/north-twice.json"
    schedules_enabled = true
  }

  assert {
    condition     = toset([for schedule in aws_scheduler_schedule.run : schedule.schedule_expression]) == toset(["cron(5 2 ? * TUE,SUN *)", "cron(30 4 ? * MON *)", "cron(0 13 ? * * *)"]) && length(aws_scheduler_schedule.run) == 3
    error_message = "the schedules are ${join(", ", [for schedule in aws_scheduler_schedule.run : schedule.schedule_expression])}"
  }
}

run "api" {
  command = apply
  variables {
    admin_package = "tests/fixtures/function.zip"
    memory_sizes  = { admin = 2048, verify = 4096 }
  }

  assert {
    condition = (
      aws_apigatewayv2_route.default["admin"].authorization_type == "AWS_IAM" && aws_apigatewayv2_stage.default["admin"].default_route_settings[0].throttling_rate_limit == 10 &&
      length(aws_apigatewayv2_authorizer.jwt) == 0
    )
    error_message = "the API is open, or answers as often as it is asked"
  }

  assert {
    condition     = !can(regex("(?i)authorization\"|header|query|body", aws_apigatewayv2_stage.default["admin"].access_log_settings[0].format))
    error_message = "the access log holds what may be a secret"
  }

  assert {
    condition     = aws_lambda_function.function["admin"].timeout < 30 && aws_lambda_function.function["admin"].memory_size == 2048 && aws_lambda_function.function["verify"].memory_size == 4096
    error_message = "the admin function outlives its request, or a size is not taken over"
  }

  # admin has no metrics of its own: it is counted as Lambda does, and nothing shows a metric that nobody says.
  assert {
    condition     = aws_cloudwatch_metric_alarm.service["errors-admin"].namespace == "AWS/Lambda" && aws_cloudwatch_metric_alarm.service["errors-admin"].dimensions.FunctionName == "resync_north_admin" && !contains(keys(aws_cloudwatch_metric_alarm.errors), "admin")
    error_message = "an admin function that dies raises no alarm, or the alarm asks for a metric that it does not say"
  }

  assert {
    condition = !anytrue(flatten([
      for widget in jsondecode(aws_cloudwatch_dashboard.environment.dashboard_body).widgets : [
        for metric in try(widget.properties.metrics, []) : metric[0] == "Resync" && contains(metric, "admin")
      ]
    ]))
    error_message = "the dashboard shows a metric that admin does not say"
  }
}

run "api_with_tokens" {
  command = apply
  variables {
    admin_package = "tests/fixtures/function.zip"
    api_jwt       = { issuer = "https://login.invalid", audiences = ["resync"] }
  }

  assert {
    condition     = aws_apigatewayv2_route.default["admin"].authorization_type == "JWT" && aws_apigatewayv2_authorizer.jwt["admin"].jwt_configuration[0].issuer == "https://login.invalid"
    error_message = "the API does not ask for tokens of the issuer"
  }

  assert {
    condition     = length(aws_apigatewayv2_route.console) == 0 && !contains(keys(aws_lambda_function.function["admin"].environment[0].variables), "RESYNC_SIGN_IN_ISSUER")
    error_message = "a page is open that nobody asked for"
  }
}

run "api_with_console" {
  command = apply
  variables {
    admin_package = "tests/fixtures/function.zip"
    api_jwt = {
      issuer    = "https://login.invalid/north"
      audiences = ["resync"]
      console   = { client_id = "page", origins = ["https://tokens.invalid"] }
    }
  }

  assert {
    condition = (
      { for path, route in aws_apigatewayv2_route.console : route.route_key => route.authorization_type } ==
      { "GET /" = "NONE", "GET /console" = "NONE", "GET /console/{proxy+}" = "NONE" } &&
      aws_apigatewayv2_route.default["admin"].authorization_type == "JWT"
    )
    error_message = "more than the page's files is open, or they are not"
  }

  assert {
    condition     = aws_lambda_function.function["admin"].environment[0].variables.RESYNC_SIGN_IN_CLIENT_ID == "page" && aws_lambda_function.function["admin"].environment[0].variables.RESYNC_SIGN_IN_ORIGINS == "https://tokens.invalid"
    error_message = "the page does not know how people sign in"
  }

  assert {
    condition     = !contains(keys(aws_lambda_function.function["verify"].environment[0].variables), "RESYNC_SIGN_IN_ISSUER")
    error_message = "a stage is told what is none of its business"
  }
}
