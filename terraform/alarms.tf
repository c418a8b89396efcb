# Alarms. Each name begins with the environment's, so that the subject of its e-mail does, and each description says what to do.
#
# missing: what silence means. What is only said when something happens (a run ends, a call fails) is well while nothing is said:
# notBreaching. What reconcile says each time keeps its state while nothing is said: ignore; that reconcile itself falls silent is
# an alarm of its own, where silence is the very thing: breaching.

locals {
  runbook = "docs/runbook.md"
  # Long enough for three reconciles, so that one late call raises nothing.
  reconcile_period = max(300, var.reconcile_minutes * 60 * 3)

  # Metrics of the namespace Resync with the dimension Environment.
  own_alarms = {
    "run-failed" = {
      metric = "RunsFailed", statistic = "Sum", period = 300, periods = 1, comparison = "GreaterThanThreshold", threshold = 0, missing = "notBreaching"
      what   = "A run ended with an error; live is what the receipt says. Read the receipt, then start again with a dry run, or resume: ${local.runbook}#redrive-and-resume"
    }
    "needs-operator" = {
      metric = "NeedsOperator", statistic = "Maximum", period = local.reconcile_period, periods = 1, comparison = "GreaterThanThreshold", threshold = 0, missing = "ignore"
      what   = "A run cannot be ended safely: live is partly old, partly new, or nobody can say. Look at live, then settle: ${local.runbook}#run-that-needs-an-operator"
    }
    "run-stuck" = {
      metric = "OldestOpenRunSeconds", statistic = "Maximum", period = local.reconcile_period, periods = 1, comparison = "GreaterThanThreshold", threshold = var.alarm_limits.stuck_run_hours * 3600, missing = "ignore"
      what   = "A run is open for more than ${var.alarm_limits.stuck_run_hours} hours. See whether it is held, waits for approval, or does not get on; stop it if need be: ${local.runbook}#stop"
    }
    "run-without-execution" = {
      metric = "OpenRunsWithoutExecution", statistic = "Minimum", period = local.reconcile_period, periods = 2, comparison = "GreaterThanThreshold", threshold = 0, missing = "ignore"
      what   = "Runs are open though their executions are gone, and reconcile has not closed them. See why the restore state machine fails, then close them: ${local.runbook}#stuck-lock"
    }
    "reconcile-silent" = {
      metric = "OpenRuns", statistic = "SampleCount", period = local.reconcile_period, periods = 1, comparison = "LessThanThreshold", threshold = 1, missing = "breaching"
      what   = "reconcile has said nothing for ${local.reconcile_period / 60} minutes: the other alarms on open runs know nothing new. See its log and whether the database answers: ${local.runbook}#lost-secret"
    }
    "snapshot-old" = {
      metric = "SnapshotAgeSeconds", statistic = "Maximum", period = local.reconcile_period, periods = 1, comparison = "GreaterThanThreshold", threshold = var.alarm_limits.snapshot_age_days * 86400, missing = "ignore"
      what   = "The newest snapshot of a plan is older than ${var.alarm_limits.snapshot_age_days} days: no run has taken one since. See whether schedules fire; a dry run takes a snapshot, too: ${local.runbook}#restore"
    }
    "quarantine-high" = {
      metric = "QuarantineShare", statistic = "Maximum", period = 300, periods = 1, comparison = "GreaterThanThreshold", threshold = var.alarm_limits.quarantine_share, missing = "notBreaching"
      what   = "More than ${var.alarm_limits.quarantine_share * 100}% of the bundles of a run could not be mapped. See which and why, mend the plan or the sources, map again: ${local.runbook}#redrive-and-resume"
    }
    "run-slow" = {
      metric = "RunDurationRatio", statistic = "Maximum", period = 300, periods = 1, comparison = "GreaterThanThreshold", threshold = var.alarm_limits.duration_ratio, missing = "notBreaching"
      what   = "A run took more than ${var.alarm_limits.duration_ratio} times as long as those of its plan before. Compare the stages in the receipts, and see whether the database was slow: ${local.runbook}#hold-and-throttle"
    }
  }

  # Metrics of AWS.
  service_alarms = merge(
    {
      for name in keys(local.queue_arns) : "dead-letters-${name}" => {
        namespace  = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", statistic = "Maximum", period = 300
        dimensions = { QueueName = "${local.prefix}_${name}-dead-letters" }, missing = "ignore"
        what       = "${name == "events" ? "The event of a stopped execution" : "A call of a schedule"} could not be delivered. reconcile closes what events missed; read the queue for the reason, see that nothing is left open, then purge it: ${local.runbook}#stop"
      }
    },
    {
      "restore-failed" = {
        namespace  = "AWS/States", metric = "ExecutionsFailed", statistic = "Sum", period = 300
        dimensions = { StateMachineArn = local.machine_arns["restore"] }, missing = "notBreaching"
        what       = "An execution of the restore state machine failed: a closing or a restore did not come to its end, or a request was refused. Read the execution; reconcile tries closings again: ${local.runbook}#restore"
      }
    },
    {
      for name in keys(local.functions) : "throttled-${name}" => {
        namespace  = "AWS/Lambda", metric = "Throttles", statistic = "Sum", period = 300
        dimensions = { FunctionName = "${local.prefix}_${name}" }, missing = "notBreaching"
        what       = "Lambda turned calls of ${name} away: its concurrency or the account's is used up. Let fewer runs work at once, lower their concurrency, or raise runs_at_once if the database has room: ${local.runbook}#hold-and-throttle"
      }
    }
  )
}

resource "aws_cloudwatch_metric_alarm" "own" {
  for_each = local.own_alarms

  alarm_name          = "${local.profile.name}_resync_${each.key}"
  alarm_description   = "${local.banner}. ${each.value.what}"
  namespace           = "Resync"
  metric_name         = each.value.metric
  dimensions          = { Environment = local.profile.name }
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.periods
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.notifications.arn]
  ok_actions          = [aws_sns_topic.notifications.arn]
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "service" {
  for_each = local.service_alarms

  alarm_name          = "${local.profile.name}_resync_${each.key}"
  alarm_description   = "${local.banner}. ${each.value.what}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.notifications.arn]
  ok_actions          = [aws_sns_topic.notifications.arn]
  tags                = local.tags
}

# Failed calls of a function by all its calls, as Lambda counts them: that counts functions that die, too. Few calls say nothing,
# and single failures are tried again.
resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = local.functions

  alarm_name          = "${local.profile.name}_resync_errors-${each.key}"
  alarm_description   = "${local.banner}. More than ${var.alarm_limits.error_share * 100}% of the calls of ${each.key} failed for 15 minutes; calls that wait for a held run count as failed. See its log for the error, and docs/errors.md; then ${local.runbook}#redrive-and-resume"
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarm_limits.error_share
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.notifications.arn]
  ok_actions          = [aws_sns_topic.notifications.arn]
  tags                = local.tags

  metric_query {
    id          = "share"
    label       = "share of failed calls"
    expression  = "errors / invocations"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { errors = "Errors", invocations = "Invocations" }
    content {
      id = metric_query.key
      metric {
        namespace   = "AWS/Lambda"
        metric_name = metric_query.value
        dimensions  = { FunctionName = "${local.prefix}_${each.key}" }
        stat        = "Sum"
        period      = 300
      }
    }
  }
}
