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
      # Aborted executions are none of these: somebody stopped them, and the rule on status changes has their runs closed.
      "execution-failed" = {
        namespace  = "AWS/States", metric = "ExecutionsFailed", statistic = "Sum", period = 300
        dimensions = { StateMachineArn = local.machine_arns["resync"] }, missing = "notBreaching"
        what       = "An execution of the resync state machine failed: its request was refused, or its run is suspended and waits to be resumed. Read error and cause in the execution, and docs/errors.md; then redrive it, start again, or stop it: ${local.runbook}#redrive-and-resume"
      }
      "execution-timed-out" = {
        namespace  = "AWS/States", metric = "ExecutionsTimedOut", statistic = "Sum", period = 300
        dimensions = { StateMachineArn = local.machine_arns["resync"] }, missing = "notBreaching"
        what       = "An execution of the resync state machine came to its limit of time; its run is closed. See in the receipts which stage was slow, and start again with a dry run: ${local.runbook}#hold-and-throttle"
      }
      "restore-failed" = {
        namespace  = "AWS/States", metric = "ExecutionsFailed", statistic = "Sum", period = 300
        dimensions = { StateMachineArn = local.machine_arns["restore"] }, missing = "notBreaching"
        what       = "An execution of the restore state machine failed: a closing or a restore did not come to its end, or a request was refused. Read the execution; reconcile tries closings again: ${local.runbook}#restore"
      }
      "restore-timed-out" = {
        namespace  = "AWS/States", metric = "ExecutionsTimedOut", statistic = "Sum", period = 300
        dimensions = { StateMachineArn = local.machine_arns["restore"] }, missing = "notBreaching"
        what       = "An execution of the restore state machine came to its limit of time: a closing or a restore did not come to its end. See where it stood; reconcile tries closings again: ${local.runbook}#restore"
      }
    },
    {
      # What belongs to no execution, and has no one who tries again. As Lambda counts: calls that died or could not start, too.
      "errors-reconcile" = {
        namespace  = "AWS/Lambda", metric = "Errors", statistic = "Sum", period = var.reconcile_minutes * 60, periods = 3, datapoints = 2
        dimensions = { FunctionName = "${local.prefix}_reconcile" }, missing = "notBreaching"
        what       = "Two of three turns of reconcile failed. See its log for the error, and docs/errors.md; until it works, runs whose execution is gone may stay open: ${local.runbook}#stuck-lock"
      }
    },
    {
      for name in keys(local.api) : "errors-${name}" => {
        namespace  = "AWS/Lambda", metric = "Errors", statistic = "Sum", period = 300
        dimensions = { FunctionName = "${local.prefix}_${name}" }, missing = "notBreaching"
        what       = "A call of the admin API died, or its function could not start: the caller got no answer. See the log of ${name}; runs go on without it and can be stopped in the console: ${local.runbook}#stop"
      }
    },
    {
      for name in keys(local.functions) : "throttled-${name}" => {
        namespace  = "AWS/Lambda", metric = "Throttles", statistic = "Sum", period = 300
        dimensions = { FunctionName = "${local.prefix}_${name}" }, missing = "notBreaching"
        what       = "Lambda turned calls of ${name} away: its concurrency or the account's is used up. It is tried again for about a minute. Let fewer runs work at once, lower their concurrency, or raise runs_at_once if the database has room: ${local.runbook}#hold-and-throttle"
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
  evaluation_periods  = try(each.value.periods, 1)
  datapoints_to_alarm = try(each.value.datapoints, 1)
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.notifications.arn]
  ok_actions          = [aws_sns_topic.notifications.arn]
  tags                = local.tags
}

# Stages that fail at most of their calls. Counted by what the functions say of themselves, which leaves out calls that wait for a
# held run. A call that failed is tried again six times in about two minutes, so that of seven failures four are in one period;
# single ones that were mended are fewer, or fewer than the calls that went well, as in maps. What functions cannot say
# themselves, since they died or did not start, fails the execution: execution-failed, restore-failed.
resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = { for name, stage in local.stages : name => stage if name != "reconcile" }

  alarm_name          = "${local.profile.name}_resync_errors-${each.key}"
  alarm_description   = "${local.banner}. ${each.key} failed ${var.alarm_limits.failed_calls} times or more in 5 minutes, and at more than ${var.alarm_limits.error_share * 100}% of its calls. See its log for the error, and docs/errors.md; then ${local.runbook}#redrive-and-resume"
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.notifications.arn]
  ok_actions          = [aws_sns_topic.notifications.arn]
  tags                = local.tags

  metric_query {
    id    = "failing"
    label = "failed calls, where they are many"
    # A call counts where it began and its error where it ended: there may be errors without calls.
    expression  = "IF(errors >= ${var.alarm_limits.failed_calls} AND errors > ${var.alarm_limits.error_share} * FILL(calls, 0), errors, 0)"
    return_data = true
  }

  metric_query {
    id = "errors"
    metric {
      namespace   = "Resync"
      metric_name = "Errors"
      dimensions  = { Environment = local.profile.name, Function = each.key }
      stat        = "Sum"
      period      = 300
    }
  }

  metric_query {
    id = "calls"
    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Invocations"
      dimensions  = { FunctionName = "${local.prefix}_${each.key}" }
      stat        = "Sum"
      period      = 300
    }
  }
}
