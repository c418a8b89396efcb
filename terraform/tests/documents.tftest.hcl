# Everything a deployment can have at once. .ci/terraform takes from this what it lints and what docs/permissions.md is made of.

mock_provider "aws" {
  source = "./tests/mocks"

  mock_resource "aws_lambda_function" {
    defaults = { qualified_arn = "arn:aws:lambda:eu-north-1:210987654321:function:mocked:7" }
  }
}

variables {
  environment_name         = "north"
  account_id               = "210987654321"
  profile_file             = "tests/fixtures/north.json"
  package                  = "tests/fixtures/function.zip"
  admin_package            = "tests/fixtures/function.zip"
  plans                    = ["revalidation"]
  mongo_secret_arn         = "arn:aws:secretsmanager:eu-north-1:210987654321:secret:given"
  mongo_secret_kms_key_arn = "arn:aws:kms:eu-north-1:210987654321:key/of-the-secret"
  kms_key_arn              = "arn:aws:kms:eu-north-1:210987654321:key/given"
  vpc                      = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
  ca_bundle                = { layer_arn = "arn:aws:lambda:eu-north-1:210987654321:layer:certificates:3", path = "/opt/global-bundle.pem" }
  notification_emails      = ["somebody@example.com"]
  notification_format      = "slack"
  permissions_boundary_arn = "arn:aws:iam::210987654321:policy/boundary"
}

run "everything" {
  command = apply

  assert {
    condition     = alltrue([for function in aws_lambda_function.function : function.environment[0].variables.RESYNC_CA_BUNDLE == "/opt/global-bundle.pem" && function.layers == tolist(["arn:aws:lambda:eu-north-1:210987654321:layer:certificates:3"])])
    error_message = "the certificates do not reach the functions"
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.function : function.environment[0].variables.RESYNC_NOTIFICATION_FORMAT == "slack"])
    error_message = "a function does not know for which chat notifications are worded"
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.role : role.permissions_boundary == "arn:aws:iam::210987654321:policy/boundary"])
    error_message = "a role is outside the permissions boundary"
  }

  assert {
    condition = alltrue([
      for group in concat(values(aws_cloudwatch_log_group.function), values(aws_cloudwatch_log_group.machine), aws_cloudwatch_log_group.api) : group.kms_key_id == var.kms_key_arn
    ]) && aws_sns_topic.notifications.kms_master_key_id == var.kms_key_arn && toset(keys(aws_sns_topic_subscription.email)) == var.notification_emails
    error_message = "a log group or the topic is not encrypted with the key, or an address gets nothing"
  }

  # Whoever adds a statement says why.
  assert {
    condition     = alltrue([for statement in output.permissions : length(statement.why) > 20])
    error_message = "a statement does not say why it is needed"
  }
}
