# What must fail a plan, each by itself.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment_name = "north"
  account_id       = "210987654321"
  profile_file     = "tests/fixtures/north.json"
  package          = "tests/fixtures/function.zip"
  plans            = ["revalidation"]
  mongo_secret_arn = "arn:aws:secretsmanager:eu-north-1:210987654321:secret:north/mongo-AbCdEf"
}

run "the_name_of_another_environment" {
  command         = plan
  expect_failures = [var.environment_name]
  variables { environment_name = "north-pre" }
}

run "the_profile_of_another_environment" {
  command         = plan
  expect_failures = [var.environment_name]
  variables { profile_file = "tests/fixtures/north-pre.json" }
}

run "another_account" {
  command         = plan
  expect_failures = [data.aws_caller_identity.current]
  variables {
    account_id       = "109876543210"
    mongo_secret_arn = "arn:aws:secretsmanager:eu-north-1:109876543210:secret:north/mongo-AbCdEf"
  }
}

run "the_secret_of_another_account" {
  command         = plan
  expect_failures = [var.mongo_secret_arn]
  variables { mongo_secret_arn = "arn:aws:secretsmanager:eu-north-1:109876543210:secret:north/mongo-AbCdEf" }
}

run "a_local_environment" {
  command         = plan
  expect_failures = [var.profile_file]
  variables {
    environment_name = "local"
    profile_file     = "../environments/local.json"
  }
}

run "no_database" {
  command         = plan
  expect_failures = [var.mongo_secret_arn]
  variables { mongo_secret_arn = null }
}

run "two_databases" {
  command         = plan
  expect_failures = [var.mongo_secret_arn]
  variables { mongo_uri = "mongodb+srv://db.invalid/?authMechanism=MONGODB-AWS" }
}

run "a_password_in_the_open" {
  command         = plan
  expect_failures = [var.mongo_uri]
  variables {
    mongo_secret_arn = null
    mongo_uri        = "mongodb://someone:secret@db.invalid/"
  }
}

run "no_password_is_fine" {
  command = plan
  variables {
    mongo_secret_arn = null
    mongo_uri        = "mongodb://db.invalid:27017/?authSource=$external&authMechanism=MONGODB-AWS"
  }
  assert {
    condition     = aws_lambda_function.function["verify"].environment[0].variables.RESYNC_MONGO_URI == var.mongo_uri && !contains(keys(aws_lambda_function.function["verify"].environment[0].variables), "RESYNC_MONGO_SECRET_ARN")
    error_message = "the connection string does not reach the functions"
  }
  assert {
    condition     = !contains(output.permissions[*].sid, "ReadConnectionString") && !contains(output.permissions[*].sid, "JoinNetwork") && !contains(output.permissions[*].sid, "DecryptSettings")
    error_message = "a role may do what this deployment does not need"
  }
}

# 62 instances with 5 connections each may work at once.
run "too_few_connections" {
  command         = plan
  expect_failures = [var.database_connections]
  variables { database_connections = 309 }
}

run "enough_connections" {
  command = plan
  variables { database_connections = 310 }
  assert {
    condition     = output.connections == 310
    error_message = "connections is ${output.connections}"
  }
}

run "connections_that_nothing_holds" {
  command         = plan
  expect_failures = [var.database_connections]
  variables {
    database_connections = 100000
    reserve_concurrency  = false
  }
}

run "two_runs_at_once_need_more" {
  command         = plan
  expect_failures = [var.database_connections]
  variables {
    database_connections = 310
    runs_at_once         = 2
  }
}

run "schedules_that_the_profile_keeps_closed" {
  command         = plan
  expect_failures = [var.schedules_enabled]
  variables {
    environment_name  = "north-pre"
    profile_file      = "tests/fixtures/north-pre.json"
    schedules_enabled = true
  }
}

run "schedules_of_somebody_whom_the_profile_does_not_name" {
  command         = plan
  expect_failures = [var.schedules_enabled]
  variables {
    profile_file          = "tests/fixtures/north-twice.json"
    schedules_enabled     = true
    schedule_requested_by = "nightly schedule"
  }
}

run "a_dry_run_of_a_plan_that_is_not_deployed" {
  command         = plan
  expect_failures = [var.dry_run_schedules]
  variables { dry_run_schedules = { weekly = { plan = "other", expression = "rate(7 days)" } } }
}

run "a_setting_that_belongs_to_the_module" {
  command         = plan
  expect_failures = [var.function_environment]
  variables { function_environment = { RESYNC_ENVIRONMENT = "{}" } }
}

run "a_format_that_no_chat_has" {
  command         = plan
  expect_failures = [var.notification_format]
  variables { notification_format = "irc" }
}

run "a_missing_package" {
  command         = plan
  expect_failures = [var.package]
  variables { package = "tests/fixtures/missing.zip" }
}

# This profile is without callers.
run "an_api_that_answers_nobody" {
  command         = plan
  expect_failures = [var.admin_package]
  variables {
    profile_file  = "tests/fixtures/north-twice.json"
    admin_package = "tests/fixtures/function.zip"
  }
}

run "an_approval_that_nobody_may_give" {
  command         = plan
  expect_failures = [var.admin_package]
  variables {
    environment_name = "north-guarded"
    profile_file     = "tests/fixtures/north-guarded.json"
    admin_package    = "tests/fixtures/function.zip"
  }
}

run "settings_that_are_too_long" {
  command         = plan
  expect_failures = [aws_lambda_function.function]
  variables { function_environment = { LONG = format("%04000d", 0) } }
}

# 2000 characters fit where each is one byte, and not where each is two.
run "settings_whose_umlauts_are_too_long" {
  command         = plan
  expect_failures = [aws_lambda_function.function]
  variables { function_environment = { LONG = replace(format("%02000d", 0), "0", "ü") } }
}

run "settings_of_as_many_letters_are_fine" {
  command = plan
  variables { function_environment = { LONG = replace(format("%02000d", 0), "0", "u") } }
  assert {
    condition     = length(aws_lambda_function.function["verify"].environment[0].variables.LONG) == 2000
    error_message = "the setting does not reach the functions"
  }
  assert {
    condition     = local.variable_bytes["request-approval"] - local.variable_bytes["verify"] == length("request-approval") - length("verify")
    error_message = "the name of the handler is not counted"
  }
}

run "bytes_are_counted_and_not_characters" {
  command = plan
  variables { function_environment = { SHORT = "äöü€😀" } }
  assert {
    condition = local.variable_bytes["verify"] == 3 * 2 + 3 + 4 + sum([
      for name, value in aws_lambda_function.function["verify"].environment[0].variables : length(name) + (name == "SHORT" ? 0 : length(value))
    ])
    error_message = "the variables are counted as ${local.variable_bytes["verify"]} bytes"
  }
}

run "a_size_of_no_function" {
  command         = plan
  expect_failures = [var.memory_sizes]
  variables { memory_sizes = { verfy = 1024 } }
}
