# What roles may do, with the real provider: it computes policy documents by itself and, planning only, asks AWS nothing.

provider "aws" {
  region                      = "eu-north-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
  max_retries                 = 1
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "210987654321" }
}

variables {
  environment_name         = "north"
  account_id               = "210987654321"
  profile_file             = "tests/fixtures/north.json"
  package                  = "tests/fixtures/function.zip"
  admin_package            = "tests/fixtures/function.zip"
  plans                    = ["revalidation"]
  mongo_secret_arn         = "arn:aws:secretsmanager:eu-north-1:210987654321:secret:north/mongo-AbCdEf"
  mongo_secret_kms_key_arn = "arn:aws:kms:eu-north-1:210987654321:key/north-secret"
  kms_key_arn              = "arn:aws:kms:eu-north-1:210987654321:key/north"
  vpc                      = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
}

run "jvm" {
  command = plan

  # Statements that may name every resource, each with its reason in permissions.tf.
  assert {
    condition = alltrue(flatten([
      for role, policy in aws_iam_role_policy.role : [
        for statement in jsondecode(policy.policy).Statement : contains(
          ["WriteTraces", "DeliverLogs", "JoinNetwork", "LeaveNetworkToLambda"], statement.Sid
        ) if contains(flatten([statement.Resource]), "*")
      ]
    ]))
    error_message = "a statement allows * that is not known to need it"
  }

  assert {
    condition = alltrue(flatten([
      for role, policy in aws_iam_role_policy.role : [
        for statement in jsondecode(policy.policy).Statement : [
          for action in flatten([statement.Action]) : !strcontains(action, "*")
        ]
      ]
    ]))
    error_message = "an action has a wildcard"
  }

  # A wildcard stands at the end of an ARN only, for what has no name yet: log streams, published versions, executions.
  assert {
    condition = alltrue(flatten([
      for role, policy in aws_iam_role_policy.role : [
        for statement in jsondecode(policy.policy).Statement : [
          for resource in flatten([statement.Resource]) : can(regex("^[^*]+$|^arn:aws:(logs|lambda|states):[^*]+:\\*$", resource)) if resource != "*"
        ]
      ]
    ]))
    error_message = "a resource has a wildcard that is not at its end"
  }

  assert {
    condition = alltrue(flatten([
      for role, policy in aws_iam_role_policy.role : [
        for statement in jsondecode(policy.policy).Statement : [
          for resource in flatten([statement.Resource]) : can(regex(":eu-north-1:210987654321:.*(resync_north(_|/|$)|north/mongo-AbCdEf$|key/north)", resource)) if resource != "*"
        ]
      ]
    ]))
    error_message = "a resource is of another account, region or environment"
  }

  # What Lambda needs for the network is denied to the function's own code, all of it.
  assert {
    condition = alltrue([
      for name in keys(aws_lambda_function.function) : [
        for statement in jsondecode(aws_iam_role_policy.role[name].policy).Statement :
        [statement.Action, statement.Condition.ArnEquals["lambda:SourceFunctionArn"]] if statement.Effect == "Deny"
        ] == [
        for statement in jsondecode(aws_iam_role_policy.role[name].policy).Statement :
        [statement.Action, "arn:aws:lambda:eu-north-1:210987654321:function:resync_north_${name}"] if statement.Sid == "JoinNetwork"
      ]
    ])
    error_message = "the code of a function may use what Lambda needs for its network"
  }

  # Each state machine calls the functions that its file names, and no others.
  assert {
    condition = alltrue([
      for machine in ["resync", "restore"] : toset(flatten([
        for statement in jsondecode(aws_iam_role_policy.role["${machine} state machine"].policy).Statement :
        statement.Resource if statement.Sid == "CallFunctions"
        ])) == toset([
        for found in regexall("\"FunctionName\": \"\\$\\{(\\w+)_arn\\}\"", file("../statemachine/${machine}.asl.json")) :
        "arn:aws:lambda:eu-north-1:210987654321:function:resync_north_${replace(found[0], "_", "-")}:*"
      ])
    ])
    error_message = "what a state machine calls and what it may call differ"
  }

  assert {
    condition = alltrue([
      for machine in ["resync", "restore"] : alltrue([
        for found in regexall("\"FunctionName\": \"\\$\\{(\\w+)_arn\\}\"", file("../statemachine/${machine}.asl.json")) :
        contains(keys(aws_lambda_function.function), replace(found[0], "_", "-"))
      ])
    ])
    error_message = "a state machine calls a function that is not deployed"
  }

  assert {
    condition = toset([
      for role, policy in aws_iam_role_policy.role : role
      if anytrue([for statement in jsondecode(policy.policy).Statement : contains(flatten([statement.Action]), "states:StartExecution")])
    ]) == toset(["reconcile", "admin", "resync state machine", "restore state machine", "status-change rule", "run schedules"])
    error_message = "others than reconcile, admin, the maps, the rule and the schedules may start executions"
  }

  assert {
    condition = toset([
      for role, policy in aws_iam_role_policy.role : role
      if anytrue([for statement in jsondecode(policy.policy).Statement : contains(flatten([statement.Action]), "sns:Publish")])
    ]) == toset(["admit", "request-approval", "close-run", "finish", "reconcile"])
    error_message = "others than those that tell people something may publish to the topic"
  }

  # admin starts, stops, wakes, redrives and limits, and asks how an execution stands; all else that it shows is in the database.
  assert {
    condition = toset(flatten([
      for statement in jsondecode(aws_iam_role_policy.role["admin"].policy).Statement : [
        for action in flatten([statement.Action]) : [for resource in flatten([statement.Resource]) : "${action} ${resource}"]
      ] if startswith(flatten([statement.Action])[0], "states:")
      ])) == toset(flatten([
      for machine in ["resync", "restore"] : [
        "states:StartExecution arn:aws:states:eu-north-1:210987654321:stateMachine:resync_north_${machine}",
        "states:SendTaskSuccess arn:aws:states:eu-north-1:210987654321:stateMachine:resync_north_${machine}",
        "states:StopExecution arn:aws:states:eu-north-1:210987654321:execution:resync_north_${machine}:*",
        "states:DescribeExecution arn:aws:states:eu-north-1:210987654321:execution:resync_north_${machine}:*",
        "states:ListMapRuns arn:aws:states:eu-north-1:210987654321:execution:resync_north_${machine}:*",
        [
          for label in machine == "resync" ? ["snapshot", "sync", "map", "apply"] : ["snapshot", "restore", "apply"] :
          "states:UpdateMapRun arn:aws:states:eu-north-1:210987654321:mapRun:resync_north_${machine}/${label}:*"
        ],
        machine == "resync" ? ["states:RedriveExecution arn:aws:states:eu-north-1:210987654321:execution:resync_north_resync:*"] : [],
      ]
    ]))
    error_message = "admin may do more or less with executions than its code does"
  }

  # Stages and reconcile, exactly: each stage may be the first to be called after a redrive, and asks whether there was one.
  assert {
    condition = alltrue([
      for name in keys(aws_lambda_function.function) : toset(flatten([
        for statement in jsondecode(aws_iam_role_policy.role[name].policy).Statement : [
          for action in flatten([statement.Action]) : action if startswith(action, "states:")
        ]
      ])) == toset(name == "reconcile" ? ["states:DescribeExecution", "states:StartExecution"] : ["states:DescribeExecution"]) if name != "admin"
    ])
    error_message = "a stage may do other things with executions than ask how they are"
  }

  # A function that is called by both state machines, or by a restore alone, is asked about runs of both.
  assert {
    condition = alltrue([
      for name, machines in { "sync-chunk" = ["resync"], "verify" = ["resync", "restore"], "restore-chunk" = ["resync", "restore"], "apply-chunk" = ["resync", "restore"], "close-run" = ["resync", "restore"], "reconcile" = ["resync", "restore"] } :
      toset(flatten([for statement in jsondecode(aws_iam_role_policy.role[name].policy).Statement : statement.Resource if statement.Sid == "AskExecutions"])) ==
      toset([for machine in machines : "arn:aws:states:eu-north-1:210987654321:execution:resync_north_${machine}:*"])
    ])
    error_message = "a function may not ask about the executions of its runs, or about others"
  }

  assert {
    condition = alltrue([
      for role, trust in aws_iam_role.role :
      try(jsondecode(trust.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"], "") == "210987654321" &&
      alltrue([for source in try(flatten([jsondecode(trust.assume_role_policy).Statement[0].Condition.ArnLike["aws:SourceArn"]]), [""]) : can(regex(":eu-north-1:210987654321:.*resync_north(_|$)", source))])
      if !contains(keys(aws_lambda_function.function), role)
    ])
    error_message = "a service may take a role on behalf of another account or environment"
  }

  assert {
    condition     = alltrue([for name, function in aws_lambda_function.function : function.kms_key_arn == var.kms_key_arn && length(function.vpc_config) == 1])
    error_message = "a function lacks the key or the network"
  }

  # Queue and topic speak with services of this account and this environment only.
  assert {
    condition = (
      jsondecode(data.aws_iam_policy_document.dead_letters["events"].json).Statement[0].Condition.ArnEquals["aws:SourceArn"] == "arn:aws:events:eu-north-1:210987654321:rule/resync_north_status-change" &&
      [for statement in jsondecode(data.aws_iam_policy_document.dead_letters["schedules"].json).Statement : statement.Effect] == ["Deny"]
    )
    error_message = "a dead-letter queue takes messages of others"
  }
}

run "native" {
  command = plan
  variables { variant = "native" }

  assert {
    condition     = output.permissions == run.jvm.permissions
    error_message = "the native variant has other permissions"
  }
}

# An environment whose name begins like the other's, in the same account.
run "neighbour" {
  command = plan
  variables {
    environment_name         = "north-pre"
    profile_file             = "tests/fixtures/north-pre.json"
    mongo_secret_arn         = "arn:aws:secretsmanager:eu-north-1:210987654321:secret:north-pre/mongo-AbCdEf"
    mongo_secret_kms_key_arn = null
    kms_key_arn              = null
  }

  assert {
    condition = length(setintersection(
      toset(flatten(output.permissions[*].resources)), toset(flatten(run.jvm.permissions[*].resources))
    )) == 1
    error_message = "a role of one environment reaches ${join(", ", setintersection(toset(flatten(output.permissions[*].resources)), toset(flatten(run.jvm.permissions[*].resources))))} of another; expected nothing in common but *"
  }

  # No wildcard of either matches what the other names.
  assert {
    condition = alltrue(flatten([
      for theirs in setsubtract(toset(flatten(run.jvm.permissions[*].resources)), ["*"]) : [
        for ours in setsubtract(toset(flatten(output.permissions[*].resources)), ["*"]) :
        !startswith(ours, trimsuffix(theirs, "*")) || !endswith(theirs, "*")
      ]
    ]))
    error_message = "a wildcard of one environment matches a resource of another"
  }
}
