# One page for one environment, which says at its top in words where it is.

locals {
  environment_metric = { for metric in [
    "OpenRuns", "NeedsOperator", "OpenRunsWithoutExecution", "OldestOpenRunSeconds", "SnapshotAgeSeconds", "QuarantineShare",
    "RunsEnded", "RunsFailed", "RunDurationSeconds", "RunDurationRatio",
  ] : metric => ["Resync", metric, "Environment", local.profile.name] }

  alarm_arns = concat(
    values(aws_cloudwatch_metric_alarm.own)[*].arn,
    values(aws_cloudwatch_metric_alarm.service)[*].arn,
    values(aws_cloudwatch_metric_alarm.errors)[*].arn,
  )

  # Title, statistic and metrics of the graphs, three in a row.
  graphs = [
    { title = "Open runs", stat = "Maximum", metrics = [local.environment_metric["OpenRuns"], local.environment_metric["NeedsOperator"], local.environment_metric["OpenRunsWithoutExecution"]] },
    { title = "Runs that ended, and failed", stat = "Sum", metrics = [local.environment_metric["RunsEnded"], local.environment_metric["RunsFailed"]] },
    { title = "Age of the oldest open run (s)", stat = "Maximum", metrics = [local.environment_metric["OldestOpenRunSeconds"]] },
    { title = "Duration of runs (s)", stat = "Maximum", metrics = [local.environment_metric["RunDurationSeconds"]] },
    { title = "Duration by that of runs before", stat = "Maximum", metrics = [local.environment_metric["RunDurationRatio"]] },
    { title = "Share in quarantine", stat = "Maximum", metrics = [local.environment_metric["QuarantineShare"]] },
    { title = "Age of the oldest newest snapshot (s)", stat = "Maximum", metrics = [local.environment_metric["SnapshotAgeSeconds"]] },
    { title = "Documents by function", stat = "Sum", metrics = [for name in local.chunk_functions : ["Resync", "Documents", "Environment", local.profile.name, "Function", name]] },
    { title = "Time of a chunk (ms)", stat = "p95", metrics = [for name in local.chunk_functions : ["Resync", "ChunkMilliseconds", "Environment", local.profile.name, "Function", name]] },
    { title = "Errors by function", stat = "Sum", metrics = [for name in keys(local.stages) : ["Resync", "Errors", "Environment", local.profile.name, "Function", name]] },
    { title = "Chunks at work", stat = "Maximum", metrics = [for name in local.chunk_functions : ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", "${local.prefix}_${name}"]] },
    { title = "Dead letters", stat = "Maximum", metrics = [for name in keys(local.queue_arns) : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "${local.prefix}_${name}-dead-letters"]] },
  ]
}

resource "aws_cloudwatch_dashboard" "environment" {
  dashboard_name = local.prefix

  dashboard_body = jsonencode({
    widgets = concat(
      [
        {
          type = "text", x = 0, y = 0, width = 24, height = 3
          properties = {
            markdown = "# ${local.kind_in_words} · environment ${local.profile.name} · colour ${local.profile.colour}\nResync in account ${local.account}, ${local.region}. Plans: ${join(", ", var.plans)}. Schedules of runs are ${var.schedules_enabled ? "on" : "off"}. What to do when something is wrong: ${local.runbook} of the repository."
          }
        },
        {
          type = "alarm", x = 0, y = 3, width = 24, height = 5
          properties = {
            title  = "Alarms of ${local.profile.name} (${local.profile.kind})"
            alarms = local.alarm_arns
          }
        },
      ],
      [
        for index, graph in local.graphs : {
          type = "metric", x = index % 3 * 8, y = 8 + floor(index / 3) * 6, width = 8, height = 6
          properties = {
            title   = "${graph.title} · ${local.profile.name}"
            view    = "timeSeries"
            stat    = graph.stat
            region  = local.region
            period  = 300
            metrics = graph.metrics
          }
        }
      ]
    )
  })
}
