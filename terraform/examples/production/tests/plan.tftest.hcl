# The example as it stands, with its own variable file: it plans, and everything says which environment it is.
# .ci/terraform runs this with the variable file of the other example, too, which must be refused.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111111111111" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  package       = "../../tests/fixtures/function.zip"
  admin_package = "../../tests/fixtures/function.zip"
}

run "plans" {
  command = plan

  assert {
    condition     = output.banner == "PRODUCTION: environment prod, colour red"
    error_message = "the banner is ${output.banner}"
  }

  assert {
    condition     = output.dashboard_name == "resync_prod"
    error_message = "the dashboard is ${output.dashboard_name}"
  }

  # There is a way to a real run: an API, callers in this account who may start, and others who may approve.
  assert {
    condition     = contains(keys(module.resync.function_role_arns), "admin")
    error_message = "there is no admin API, and so nobody whom an approval could come from"
  }

  assert {
    condition = alltrue([
      for role in ["operators", "approvers"] : length([
        for name in jsondecode(file("../../../environments/production.json")).callers[role] : name if startswith(name, "arn:aws:sts::${var.account_id}:assumed-role/")
      ]) == length(jsondecode(file("../../../environments/production.json")).callers[role]) && length(jsondecode(file("../../../environments/production.json")).callers[role]) > 0
    ])
    error_message = "the profile gives nobody in this account the role to start, or to approve"
  }

  assert {
    condition = (
      jsondecode(file("../../../environments/production.json")).starts.api.realRuns && var.account_id == "111111111111" &&
      toset(jsondecode(file("../../../environments/production.json")).starts.api.who) == toset(jsondecode(file("../../../environments/production.json")).callers.operators)
    )
    error_message = "those who may start through the API may not start real runs"
  }
}
