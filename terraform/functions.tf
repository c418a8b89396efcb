# The functions: one package for all stages, of which QUARKUS_LAMBDA_HANDLER chooses one, and the package of the admin API.

locals {
  chunk_functions = ["snapshot-chunk", "sync-chunk", "map-chunk", "restore-chunk", "apply-chunk"]

  # Longest a function may work, in seconds. Below the 930 that a state waits, so that a state never gives up first.
  stage_seconds = 900
  # What writes to live in place is waited for as long as it can live where a run goes back, so that it lives less long.
  apply_seconds = 300
  # An HTTP API waits 30 seconds for its function.
  admin_seconds = 29

  # One call of each stage for each run, and one more: that of a stopped run, which Step Functions cannot stop, must not keep the
  # way back waiting. Requests that are refused and runs that are closed are not counted by runs: some of them at once have to be answered.
  step_instances = var.runs_at_once + 1
  door_instances = var.runs_at_once + 2

  # instances: how many work at once in this deployment, at most: Lambda holds it to that (reserve_concurrency).
  # notifies: publishes to the topic. restores: starts the restore state machine.
  stages = {
    "admit"            = { memory = 1024, instances = local.door_instances, notifies = true, restores = false }
    "plan-chunks"      = { memory = 1024, instances = local.step_instances, notifies = false, restores = false }
    "snapshot-chunk"   = { memory = 1769, instances = local.chunk_instances, notifies = false, restores = false }
    "seal-snapshot"    = { memory = 1769, instances = local.step_instances, notifies = false, restores = false }
    "sync-chunk"       = { memory = 1769, instances = local.chunk_instances, notifies = false, restores = false }
    "seal-staging"     = { memory = 1769, instances = local.step_instances, notifies = false, restores = false }
    "map-chunk"        = { memory = 1769, instances = local.chunk_instances, notifies = false, restores = false }
    "seal-shadow"      = { memory = 1769, instances = local.step_instances, notifies = false, restores = false }
    "verify"           = { memory = 3008, instances = local.step_instances, notifies = false, restores = false }
    "request-approval" = { memory = 1024, instances = local.step_instances, notifies = true, restores = false }
    "catch-up"         = { memory = 1769, instances = local.step_instances, notifies = false, restores = false }
    "pre-cut-over"     = { memory = 1769, instances = local.step_instances, notifies = false, restores = false }
    "cut-over"         = { memory = 1024, instances = local.step_instances, notifies = false, restores = false }
    "restore-chunk"    = { memory = 1769, instances = local.chunk_instances, notifies = false, restores = false }
    "apply-chunk"      = { memory = 1769, instances = local.chunk_instances, notifies = false, restores = false }
    "close-run"        = { memory = 1024, instances = local.door_instances, notifies = true, restores = false }
    "finish"           = { memory = 1024, instances = local.step_instances, notifies = true, restores = false }
    # One at a time: what one leaves undone the next one does.
    "reconcile" = { memory = 1024, instances = 1, notifies = true, restores = true }
  }
  admin = { memory = 1024, instances = 5, notifies = false, restores = false }

  chunk_instances = try(local.profile.maxConcurrency, 1) * var.runs_at_once
  functions = merge(
    { for name, stage in local.stages : name => merge(stage, { package = var.package, seconds = name == "apply-chunk" ? local.apply_seconds : local.stage_seconds }) },
    { for name in var.admin_package == null ? [] : ["admin"] : name => merge(local.admin, { package = var.admin_package, seconds = local.admin_seconds }) }
  )

  # Idle instances keep their connections for a while, so that those of all functions add up. With reserved concurrency this is the
  # most, and what the account's pool lends; without it is what is expected, and nothing holds it.
  instances   = sum([for function in values(local.functions) : function.instances])
  connections = local.instances * var.connections_per_instance

  runtimes = {
    jvm    = { runtime = "java21", handler = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest", snap_start = true }
    native = { runtime = "provided.al2023", handler = "bootstrap", snap_start = false }
  }
  runtime = local.runtimes[var.variant]

  environment_variables = merge(
    # Quarkus asks for this where Lambda runs its native programs, and sets it in its own templates.
    var.variant == "native" ? { DISABLE_SIGNAL_HANDLERS = "true" } : {},
    var.function_environment,
    {
      RESYNC_ENVIRONMENT         = jsonencode({ for key, value in local.profile : key => value if !contains(["$schema", "admin"], key) })
      RESYNC_PLANS               = join(",", var.plans)
      RESYNC_RESYNC_MACHINE_ARN  = local.machine_alias_arns["resync"]
      RESYNC_RESTORE_MACHINE_ARN = local.machine_alias_arns["restore"]
      RESYNC_TOPIC_ARN           = local.topic_arn
      RESYNC_NOTIFICATION_FORMAT = var.notification_format
      RESYNC_ARTIFACT            = filesha256(var.package)
    },
    var.mongo_secret_arn == null ? {} : { RESYNC_MONGO_SECRET_ARN = var.mongo_secret_arn },
    var.mongo_uri == null ? {} : { RESYNC_MONGO_URI = var.mongo_uri },
    var.ca_bundle == null ? {} : { RESYNC_CA_BUNDLE = var.ca_bundle.path }
  )
  sign_in_variables = try(var.api_jwt.console, null) == null ? {} : {
    RESYNC_SIGN_IN_ISSUER    = var.api_jwt.issuer
    RESYNC_SIGN_IN_CLIENT_ID = var.api_jwt.console.client_id
    RESYNC_SIGN_IN_SCOPES    = var.api_jwt.console.scopes
    RESYNC_SIGN_IN_ORIGINS   = join(" ", var.api_jwt.console.origins)
  }
  function_variables = {
    for name in keys(local.functions) : name => merge(
      local.environment_variables, name == "admin" ? local.sign_in_variables : { QUARKUS_LAMBDA_HANDLER = name }
    )
  }
  # Bytes of names and values as UTF-8. length() counts characters; every four of Base64 are three bytes, less the filling at the end.
  variable_base64 = { for name, variables in local.function_variables : name => base64encode(join("", flatten([for key, value in variables : [key, value]]))) }
  variable_bytes  = { for name, text in local.variable_base64 : name => length(text) / 4 * 3 - length(regexall("=", text)) }
}

resource "aws_lambda_function" "function" {
  for_each = local.functions

  function_name                  = "${local.prefix}_${each.key}"
  description                    = "Resync ${each.key} in ${local.banner}"
  role                           = aws_iam_role.role[each.key].arn
  filename                       = each.value.package
  source_code_hash               = filebase64sha256(each.value.package)
  runtime                        = local.runtime.runtime
  handler                        = local.runtime.handler
  architectures                  = [var.architecture]
  memory_size                    = lookup(var.memory_sizes, each.key, each.value.memory)
  timeout                        = each.value.seconds
  reserved_concurrent_executions = var.reserve_concurrency ? each.value.instances : -1
  kms_key_arn                    = var.kms_key_arn
  layers                         = var.ca_bundle == null ? [] : [var.ca_bundle.layer_arn]
  # An execution that is redriven keeps its definition, which names this version and so meets the code that it began with.
  publish = true
  tags    = local.tags

  environment {
    variables = local.function_variables[each.key]
  }

  dynamic "snap_start" {
    for_each = local.runtime.snap_start ? [1] : []
    content {
      apply_on = "PublishedVersions"
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc == null ? [] : [var.vpc]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function[each.key].name
  }

  lifecycle {
    precondition {
      condition     = local.variable_bytes[each.key] <= 4000
      error_message = "The environment variables of ${each.key} take ${local.variable_bytes[each.key]} bytes. Expected at most 4000: Lambda allows 4096, and does not say what else it counts. Shorten the profile ${var.profile_file}, such as its hosts, callers, blackouts or scheduled runs, or function_environment."
    }
  }

  # Lambda tries the role's network permissions while it makes the function.
  depends_on = [aws_iam_role_policy.role]
}

# What a schedule or the API calls: the newest published version, under a name that stays.
resource "aws_lambda_alias" "current" {
  for_each = toset([for name in ["reconcile", "admin"] : name if contains(keys(local.functions), name)])

  name             = local.alias
  description      = "The published version that is called from outside the state machines."
  function_name    = aws_lambda_function.function[each.key].function_name
  function_version = aws_lambda_function.function[each.key].version
}

# The schedule calls reconcile without waiting. A call that failed is not repeated: the next one comes soon.
resource "aws_lambda_function_event_invoke_config" "reconcile" {
  function_name                = aws_lambda_function.function["reconcile"].function_name
  qualifier                    = aws_lambda_alias.current["reconcile"].name
  maximum_retry_attempts       = 0
  maximum_event_age_in_seconds = max(60, var.reconcile_minutes * 60)
}
