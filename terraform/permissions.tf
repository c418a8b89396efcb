# What each role may do and why. docs/permissions.md is made from this; whoever adds a statement says why it is needed.
#
# wanted: whether this deployment needs the statement; when: with which variable it does, in words, where not always.
# condition: null, or what must hold beside it.

locals {
  # What the ASL files leave open, by state machine: the functions that it calls.
  machines = { for name in ["resync", "restore"] : name => { definition = "${path.module}/../statemachine/${name}.asl.json" } }
  machine_functions = {
    for name, machine in local.machines :
    name => distinct([for found in regexall("\\$\\{([a-z_]+)_arn\\}", file(machine.definition)) : replace(found[0], "_", "-")])
  }
  # Labels of distributed maps: part of the ARNs of their children and runs.
  machine_labels = {
    for name, machine in local.machines :
    name => distinct([for found in regexall("\"Label\"\\s*:\\s*\"([^\"]+)\"", file(machine.definition)) : found[0]])
  }

  execution_arns = { for name, arn in local.machine_arns : name => "${replace(arn, ":stateMachine:", ":execution:")}:*" }
  # Children of distributed maps; their state machine's name ends in the map's label.
  child_arns = {
    for name, arn in local.machine_arns :
    name => [for label in local.machine_labels[name] : "${replace(arn, ":stateMachine:", ":execution:")}/${label}:*"]
  }
  map_run_arns = flatten([
    for name, arn in local.machine_arns :
    [for label in local.machine_labels[name] : "${replace(arn, ":stateMachine:", ":mapRun:")}/${label}:*"]
  ])
  # A run of either state machine may be closed, suspended and resumed by functions that both have.
  asked_executions = {
    for name in keys(local.functions) : name => [
      for machine in keys(local.machines) : local.execution_arns[machine]
      if !contains(local.machine_functions["resync"], name) || contains(local.machine_functions["restore"], name) || machine == "resync"
    ]
  }

  log_group_arns = { for name in keys(local.functions) : name => "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws/lambda/${local.prefix}_${name}" }
  queue_arns     = { for name in ["events", "schedules"] : name => "arn:${local.partition}:sqs:${local.region}:${local.account}:${local.prefix}_${name}-dead-letters" }

  function_statements = {
    for name, function in local.functions : name => [
      {
        sid       = "WriteLog", effect = "Allow", wanted = true, condition = null
        why       = "its own log group; metrics go there, too, as embedded metric format, and need no permission of their own"
        actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        resources = ["${local.log_group_arns[name]}:*"]
      },
      {
        sid       = "WriteTraces", effect = "Allow", wanted = true, condition = null
        why       = "traces; X-Ray knows no ARN for them"
        actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
        resources = ["*"]
      },
      {
        sid       = "ReadConnectionString", effect = "Allow", when = "with mongo_secret_arn", wanted = var.mongo_secret_arn != null, condition = null
        why       = "the connection string of the database is in this secret"
        actions   = ["secretsmanager:GetSecretValue"]
        resources = compact([var.mongo_secret_arn])
      },
      {
        sid       = "DecryptSecret", effect = "Allow", when = "with mongo_secret_kms_key_arn", wanted = var.mongo_secret_arn != null && var.mongo_secret_kms_key_arn != null
        condition = { test = "StringEquals", variable = "kms:ViaService", values = ["secretsmanager.${local.region}.${data.aws_partition.current.dns_suffix}"] }
        why       = "that secret is encrypted with a key of yours"
        actions   = ["kms:Decrypt"]
        resources = compact([var.mongo_secret_kms_key_arn])
      },
      {
        sid       = "DecryptSettings", effect = "Allow", when = "with kms_key_arn", wanted = var.kms_key_arn != null, condition = null
        why       = "its environment variables are encrypted with a key of yours"
        actions   = ["kms:Decrypt"]
        resources = compact([var.kms_key_arn])
      },
      {
        # Every stage, since each may be the first to be called after a redrive, and then asks whether there was one; the API shows it.
        sid       = "AskExecutions", effect = "Allow", wanted = true, condition = null
        why       = "whether the execution of a run works, failed or was redriven decides what a call may do"
        actions   = ["states:DescribeExecution"]
        resources = local.asked_executions[name]
      },
      {
        sid       = "Notify", effect = "Allow", wanted = function.notifies, condition = null
        why       = "tells people that a run began, waits for approval, ended or needs an operator"
        actions   = ["sns:Publish"]
        resources = [local.topic_arn]
      },
      {
        sid       = "EncryptNotifications", effect = "Allow", when = "with kms_key_arn", wanted = function.notifies && var.kms_key_arn != null
        condition = { test = "StringEquals", variable = "kms:ViaService", values = ["sns.${local.region}.${data.aws_partition.current.dns_suffix}"] }
        why       = "the topic is encrypted with a key of yours"
        actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
        resources = compact([var.kms_key_arn])
      },
      {
        sid       = "StartRestore", effect = "Allow", wanted = function.restores, condition = null
        why       = "gives runs whose execution is gone to the restore state machine, which closes them"
        actions   = ["states:StartExecution"]
        resources = [local.machine_arns["restore"]]
      },
      {
        sid       = "StartExecutions", effect = "Allow", wanted = name == "admin", condition = null
        why       = "starts runs, restores and closings that callers ask for; Step Functions checks the state machine's own ARN for an alias as well"
        actions   = ["states:StartExecution"]
        resources = values(local.machine_arns)
      },
      {
        sid       = "AnswerApprovals", effect = "Allow", wanted = name == "admin", condition = null
        why       = "wakes the execution that waits for an approval; whether it was approved or refused is in the database"
        actions   = ["states:SendTaskSuccess"]
        resources = values(local.machine_arns)
      },
      {
        sid       = "StopExecutions", effect = "Allow", wanted = name == "admin", condition = null
        why       = "stops the executions of runs that callers want stopped"
        actions   = ["states:StopExecution"]
        resources = values(local.execution_arns)
      },
      {
        sid       = "RedriveExecutions", effect = "Allow", wanted = name == "admin", condition = null
        why       = "has the failed executions of suspended runs go on when callers ask for it"
        actions   = ["states:RedriveExecution"]
        resources = [local.execution_arns["resync"]]
      },
      {
        sid       = "FindMapRuns", effect = "Allow", wanted = name == "admin", condition = null
        why       = "finds what of an execution works chunk by chunk, to limit it"
        actions   = ["states:ListMapRuns"]
        resources = values(local.execution_arns)
      },
      {
        sid       = "LimitMapRuns", effect = "Allow", wanted = name == "admin", condition = null
        why       = "keeps Step Functions from calling functions that would only wait for the limit that a caller has set"
        actions   = ["states:UpdateMapRun"]
        resources = local.map_run_arns
      },
      {
        sid     = "JoinNetwork", effect = "Allow", when = "with vpc", wanted = var.vpc != null, condition = null
        why     = "Lambda makes the function's network interfaces with its role, before it knows their ARNs; EC2 has no ARN for describing"
        actions = local.network_actions
        # What the function's own code could do with it is taken away by the next statement.
        resources = ["*"]
      },
      {
        sid       = "LeaveNetworkToLambda", effect = "Deny", when = "with vpc", wanted = var.vpc != null
        condition = { test = "ArnEquals", variable = "lambda:SourceFunctionArn", values = [local.function_arns[name]] }
        why       = "the function's code has no business with network interfaces; calls that Lambda itself makes do not carry the function's ARN"
        actions   = local.network_actions
        resources = ["*"]
      },
    ]
  }
  network_actions = [
    "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
  ]

  machine_statements = {
    for name in keys(local.machines) : "${name} state machine" => [
      {
        sid     = "CallFunctions", effect = "Allow", wanted = true, condition = null
        why     = "calls its functions; every published version of each, since an execution that began before a deployment goes on with the versions that it began with"
        actions = ["lambda:InvokeFunction"]
        # Not the unqualified ARN: a state machine never calls code that was not published.
        resources = [for function in local.machine_functions[name] : "${local.function_arns[function]}:*"]
      },
      {
        sid       = "StartChildren", effect = "Allow", wanted = true, condition = null
        why       = "distributed maps start their children as executions of the state machine itself"
        actions   = ["states:StartExecution"]
        resources = [local.machine_arns[name]]
      },
      {
        sid       = "DriveChildren", effect = "Allow", wanted = true, condition = null
        why       = "distributed maps look after their children, stop them with the map, and go on with failed ones when the execution is redriven"
        actions   = ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"]
        resources = concat([local.execution_arns[name]], local.child_arns[name])
      },
      {
        sid = "DeliverLogs", effect = "Allow", wanted = true, condition = null
        why = "log deliveries of state machines; CloudWatch Logs knows no ARN for them"
        actions = [
          "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
        ]
        resources = ["*"]
      },
      {
        sid       = "WriteTraces", effect = "Allow", wanted = true, condition = null
        why       = "traces; X-Ray knows no ARN for them"
        actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"]
        resources = ["*"]
      },
    ]
  }

  starter_statements = {
    "status-change rule" = [
      {
        sid       = "StartRestore", effect = "Allow", wanted = true, condition = null
        why       = "hands the event of a stopped, failed or timed-out execution to the restore state machine"
        actions   = ["states:StartExecution"]
        resources = [local.machine_arns["restore"]]
      },
    ]
    "reconcile schedule" = [
      {
        sid       = "CallReconcile", effect = "Allow", wanted = true, condition = null
        why       = "calls reconcile under its alias"
        actions   = ["lambda:InvokeFunction"]
        resources = ["${local.function_arns["reconcile"]}:${local.alias}"]
      },
      {
        sid       = "KeepDeadLetters", effect = "Allow", wanted = true, condition = null
        why       = "keeps calls that could not be made"
        actions   = ["sqs:SendMessage"]
        resources = [local.queue_arns["schedules"]]
      },
    ]
    "run schedules" = [
      {
        sid       = "StartRuns", effect = "Allow", wanted = true, condition = null
        why       = "starts runs; Step Functions checks the state machine's own ARN for an alias as well"
        actions   = ["states:StartExecution"]
        resources = [local.machine_arns["resync"]]
      },
      {
        sid       = "KeepDeadLetters", effect = "Allow", wanted = true, condition = null
        why       = "keeps starts that could not be made"
        actions   = ["sqs:SendMessage"]
        resources = [local.queue_arns["schedules"]]
      },
    ]
  }

  statements = {
    for role, all in merge(local.function_statements, local.machine_statements, local.starter_statements) :
    role => [for statement in all : statement if statement.wanted]
  }
}
