# The example as it stands, with its own variable file: it plans, and everything says which environment it is.
# .ci/terraform runs this with the variable file of the other example, too, which must be refused.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "222222222222" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  package = "../../tests/fixtures/function.zip"
}

run "plans" {
  command = plan

  assert {
    condition     = output.banner == "PRE-PRODUCTION: environment preprod, colour orange"
    error_message = "the banner is ${output.banner}"
  }

  assert {
    condition     = output.dashboard_name == "resync_preprod"
    error_message = "the dashboard is ${output.dashboard_name}"
  }
}
