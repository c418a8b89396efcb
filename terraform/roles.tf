# One role for each function, state machine, rule and kind of schedule, with the statements of permissions.tf.

locals {
  # Services that say on whose behalf they take a role are held to this account and, where they say it, to the one thing.
  # Lambda does not. Step Functions says it of versions and aliases with their qualifier, of children of maps with the map's label.
  trusted = merge(
    { for name in keys(local.functions) : name => { service = "lambda", sources = [] } },
    { for name in keys(local.machines) : "${name} state machine" => { service = "states", sources = [for end in ["", ":*", "/*"] : "${local.machine_arns[name]}${end}"] } },
    {
      "status-change rule" = { service = "events", sources = ["arn:${local.partition}:events:${local.region}:${local.account}:rule/${local.prefix}_status-change"] }
      "reconcile schedule" = { service = "scheduler", sources = [local.schedule_group_arn] }
      "run schedules"      = { service = "scheduler", sources = [local.schedule_group_arn] }
    }
  )
  schedule_group_arn = "arn:${local.partition}:scheduler:${local.region}:${local.account}:schedule-group/${local.prefix}"
}

data "aws_iam_policy_document" "trust" {
  for_each = local.trusted

  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.value.service}.amazonaws.com"]
    }
    dynamic "condition" {
      for_each = length(each.value.sources) == 0 ? {} : { "aws:SourceAccount" = [local.account], "aws:SourceArn" = each.value.sources }
      content {
        test     = condition.key == "aws:SourceArn" ? "ArnLike" : "StringEquals"
        variable = condition.key
        values   = condition.value
      }
    }
  }
}

data "aws_iam_policy_document" "permissions" {
  for_each = local.statements

  dynamic "statement" {
    for_each = each.value
    content {
      sid       = statement.value.sid
      effect    = statement.value.effect
      actions   = statement.value.actions
      resources = statement.value.resources
      dynamic "condition" {
        for_each = statement.value.condition == null ? [] : [statement.value.condition]
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role" "role" {
  for_each = local.trusted

  name                 = "${local.prefix}_${replace(each.key, " ", "-")}"
  description          = "Resync ${each.key} in environment ${local.profile.name}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "role" {
  for_each = local.trusted

  name   = "permissions"
  role   = aws_iam_role.role[each.key].name
  policy = data.aws_iam_policy_document.permissions[each.key].json
}
