output "banner" {
  description = "Kind, name and colour of the environment, in words."
  value       = local.banner
}

output "function_role_arns" {
  description = "ARN of each function's role, by name of the function: those that a database with IAM authentication has to know."
  value       = { for name in keys(local.functions) : name => aws_iam_role.role[name].arn }
}

output "function_version_arns" {
  description = "ARN of the published version of each function, by name."
  value       = { for name, function in aws_lambda_function.function : name => function.qualified_arn }
}

output "resync_machine_arn" {
  description = "What to start runs with: the alias of the resync state machine."
  value       = aws_sfn_alias.current["resync"].arn
}

output "restore_machine_arn" {
  description = "What to start restores and closings with: the alias of the restore state machine."
  value       = aws_sfn_alias.current["restore"].arn
}

output "api_endpoint" {
  description = "Address of the admin API; null without one."
  value       = one(values(aws_apigatewayv2_api.admin)[*].api_endpoint)
}

output "topic_arn" {
  description = "Topic of notifications and alarms, for further subscriptions."
  value       = aws_sns_topic.notifications.arn
}

output "dead_letter_queue_urls" {
  description = "Queues of events and schedule calls that could not be delivered."
  value       = { for name, queue in aws_sqs_queue.dead_letters : name => queue.url }
}

output "dashboard_name" {
  description = "Name of the dashboard in CloudWatch."
  value       = aws_cloudwatch_dashboard.environment.dashboard_name
}

output "connections" {
  description = "Connections to one server of the database that the functions may hold at most; without reserve_concurrency what is expected."
  value       = local.connections
}

output "instances" {
  description = "Instances of all functions together that may work at once: what is reserved of the account's concurrency; without reserve_concurrency what is expected."
  value       = local.instances
}

output "permissions" {
  description = "What each role may do, and why: role, sid, effect, actions, resources, condition, when (with which variable), why. docs/permissions.md is made from this."
  value = flatten([
    for role, statements in local.statements : [
      for statement in statements : {
        role      = role
        sid       = statement.sid
        effect    = statement.effect
        actions   = statement.actions
        resources = statement.resources
        condition = statement.condition == null ? "" : "${statement.condition.test} ${statement.condition.variable} ${join(", ", statement.condition.values)}"
        when      = try(statement.when, "")
        why       = statement.why
      }
    ]
  ])
}
