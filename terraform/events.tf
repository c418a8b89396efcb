# A stopped, failed or timed-out execution is handed to the restore state machine, which closes its run.

resource "aws_cloudwatch_event_rule" "status_change" {
  name        = "${local.prefix}_status-change"
  description = "Executions of the resync state machine in ${local.banner} that came to no good end"
  tags        = local.tags

  # The very ARN: children of maps are executions of a state machine whose name has a suffix, and have no run of their own.
  # Nor the restore state machine: reconcile starts a restore again that did not come to its end, and an event that started
  # what raised it could go on for ever.
  event_pattern = jsonencode({
    source      = ["aws.states"]
    detail-type = ["Step Functions Execution Status Change"]
    detail = {
      stateMachineArn = [local.machine_arns["resync"]]
      status          = ["FAILED", "TIMED_OUT", "ABORTED"]
    }
  })
}

# The event goes in as it is; the state Route of the restore state machine takes from detail what it needs.
resource "aws_cloudwatch_event_target" "restore" {
  rule      = aws_cloudwatch_event_rule.status_change.name
  target_id = "restore"
  # Not the alias: a closing should find the newest way to close.
  arn      = aws_sfn_state_machine.machine["restore"].arn
  role_arn = aws_iam_role.role["status-change rule"].arn

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 20
  }

  dead_letter_config {
    arn = aws_sqs_queue.dead_letters["events"].arn
  }

  depends_on = [aws_iam_role_policy.role]
}

resource "aws_sqs_queue" "dead_letters" {
  for_each = local.queue_arns

  name                      = "${local.prefix}_${each.key}-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = local.tags
}

data "aws_iam_policy_document" "dead_letters" {
  for_each = local.queue_arns

  # Schedules send under a role of their own and need no statement here.
  dynamic "statement" {
    for_each = each.key == "events" ? [1] : []
    content {
      sid       = "StatusChangeRule"
      actions   = ["sqs:SendMessage"]
      resources = [each.value]
      principals {
        type        = "Service"
        identifiers = ["events.amazonaws.com"]
      }
      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = ["arn:${local.partition}:events:${local.region}:${local.account}:rule/${local.prefix}_status-change"]
      }
    }
  }

  statement {
    sid       = "EncryptedOnly"
    effect    = "Deny"
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage"]
    resources = [each.value]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "dead_letters" {
  for_each = local.queue_arns

  queue_url = aws_sqs_queue.dead_letters[each.key].url
  policy    = data.aws_iam_policy_document.dead_letters[each.key].json
}
