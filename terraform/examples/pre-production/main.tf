# Pre-production: the same module with another profile, other sizes and another account.

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]
}

module "resync" {
  source = "../.."

  environment_name     = var.environment_name
  account_id           = var.account_id
  profile_file         = "${path.module}/../../../environments/pre-production.json"
  package              = var.package
  admin_package        = var.admin_package
  plans                = ["revalidation"]
  mongo_secret_arn     = var.mongo_secret_arn
  vpc                  = var.vpc
  database_connections = var.database_connections
  notification_emails  = var.notification_emails
  log_retention_days   = 30
  tags                 = { CostCentre = "read-models" }

  # A dry run every week says early what a real run would be refused for.
  dry_run_schedules = { weekly = { plan = "revalidation", expression = "cron(0 6 ? * MON *)" } }
}
