# reconcile every few minutes; runs at the times of the profile and of dry_run_schedules, off by default.

locals {
  time_zone = try(local.profile.timeZone, "UTC")

  # admit refuses what comes more than an hour after its time, so that nothing is gained by trying longer.
  schedule_seconds = 3600

  days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  # The days of a time, each once; none stands for all.
  real_times = flatten([
    for run in try(local.profile.scheduled, []) : [
      for time in run.times : {
        plan = run.plan
        at   = split(":", time.at)
        days = length(distinct(try(time.days, []))) % 7 == 0 ? [] : [for day in local.days : substr(day, 0, 3) if contains(time.days, day)]
      }
    ]
  ])
  # A time that the profile lists twice is one schedule.
  real_runs = { for name, alike in {
    # Names of schedules have at most 64 characters: 24 + 1 + 21 + 1 + 4 + 1 + 8.
    for time in local.real_times : join("-", [
      substr(time.plan, 0, 24),
      length(time.days) == 0 ? "daily" : join("", time.days),
      join("", time.at),
      substr(sha256(time.plan), 0, 8),
    ]) => time...
    } : name => {
    mode = "EXECUTE"
    plan = alike[0].plan
    expression = format("cron(%d %d ? * %s *)",
      parseint(alike[0].at[1], 10), parseint(alike[0].at[0], 10), length(alike[0].days) == 0 ? "*" : upper(join(",", alike[0].days))
    )
    reason = "scheduled run"
  } }
  dry_runs = {
    for name, schedule in var.dry_run_schedules :
    "dry-run-${name}" => { mode = "DRY_RUN", plan = schedule.plan, expression = schedule.expression, reason = "scheduled dry run" }
  }
  run_schedules = merge(local.real_runs, local.dry_runs)

  run_requests = {
    for name, schedule in local.run_schedules : name => jsonencode({
      environment   = local.profile.name
      plan          = schedule.plan
      mode          = schedule.mode
      via           = "schedule"
      scheduledTime = "<aws.scheduler.scheduled-time>"
      requestedBy   = var.schedule_requested_by
      reason        = "${schedule.reason} ${name}"
    })
  }
}

resource "aws_scheduler_schedule_group" "resync" {
  name = local.prefix
  tags = local.tags
}

resource "aws_scheduler_schedule" "reconcile" {
  name                = "reconcile"
  group_name          = aws_scheduler_schedule_group.resync.name
  description         = "Finds runs whose execution is gone in ${local.banner}"
  schedule_expression = "rate(${var.reconcile_minutes} minutes)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.current["reconcile"].arn
    role_arn = aws_iam_role.role["reconcile schedule"].arn
    input    = "{}"

    retry_policy {
      maximum_event_age_in_seconds = max(60, var.reconcile_minutes * 60)
      maximum_retry_attempts       = 3
    }
    dead_letter_config {
      arn = aws_sqs_queue.dead_letters["schedules"].arn
    }
  }

  depends_on = [aws_iam_role_policy.role]
}

resource "aws_scheduler_schedule" "run" {
  for_each = local.run_schedules

  name                         = each.key
  group_name                   = aws_scheduler_schedule_group.resync.name
  description                  = "${each.value.mode} of plan ${each.value.plan} in ${local.banner}"
  state                        = var.schedules_enabled ? "ENABLED" : "DISABLED"
  schedule_expression          = each.value.expression
  schedule_expression_timezone = local.time_zone

  # The profile allows the very minute.
  flexible_time_window {
    mode = "OFF"
  }

  target {
    # The API call itself: that it takes an alias is documented, of the scheduler's own target it is not.
    arn      = "arn:${local.partition}:scheduler:::aws-sdk:sfn:startExecution"
    role_arn = aws_iam_role.role["run schedules"].arn
    # jsonencode writes < and > as \u003c and \u003e, which the scheduler would not know as the beginning of a time.
    input = replace(replace(jsonencode({
      StateMachineArn = aws_sfn_alias.current["resync"].arn
      Input           = replace(replace(local.run_requests[each.key], "\\u003c", "<"), "\\u003e", ">")
    }), "\\u003c", "<"), "\\u003e", ">")

    retry_policy {
      maximum_event_age_in_seconds = local.schedule_seconds
      maximum_retry_attempts       = 10
    }
    dead_letter_config {
      arn = aws_sqs_queue.dead_letters["schedules"].arn
    }
  }

  depends_on = [aws_iam_role_policy.role]
}
