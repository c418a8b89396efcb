# Both state machines, each with published versions and an alias that requests start.

locals {
  definitions = {
    for name, machine in local.machines : name => templatefile(machine.definition, {
      # Versions, not names: an execution calls the code that it was started with.
      for function in keys(local.stages) : "${replace(function, "-", "_")}_arn" => aws_lambda_function.function[function].qualified_arn
    })
  }
}

resource "aws_sfn_state_machine" "machine" {
  for_each = local.machines

  name       = "${local.prefix}_${each.key}"
  type       = "STANDARD"
  role_arn   = aws_iam_role.role["${each.key} state machine"].arn
  definition = local.definitions[each.key]
  publish    = true
  tags       = local.tags

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.machine[each.key].arn}:*"
    level                  = var.machine_log_level
    include_execution_data = var.include_execution_data
  }

  tracing_configuration {
    enabled = true
  }

  # Step Functions tries the role's log permissions while it makes the state machine.
  depends_on = [aws_iam_role_policy.role]
}

resource "aws_sfn_alias" "current" {
  for_each = local.machines

  name        = local.alias
  description = "The version that schedules and the API start."

  routing_configuration {
    state_machine_version_arn = aws_sfn_state_machine.machine[each.key].state_machine_version_arn
    weight                    = 100
  }
}
