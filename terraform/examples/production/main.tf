# Production. The profile is named here and the account in the variables, so that neither the variables nor the credentials
# of another environment get further than a plan that fails.

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]
}

module "resync" {
  source = "../.."

  environment_name     = var.environment_name
  account_id           = var.account_id
  profile_file         = "${path.module}/../../../environments/production.json"
  package              = var.package
  admin_package        = var.admin_package
  plans                = ["revalidation"]
  mongo_secret_arn     = var.mongo_secret_arn
  vpc                  = var.vpc
  database_connections = var.database_connections
  notification_emails  = var.notification_emails
  log_retention_days   = 365
  tags                 = { CostCentre = "read-models" }
}
