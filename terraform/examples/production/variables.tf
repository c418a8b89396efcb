variable "environment_name" {
  description = "Name of the environment, as its profile says."
  type        = string
}

variable "account_id" {
  description = "AWS account of the environment, 12 digits."
  type        = string
}

variable "region" {
  description = "AWS region of the environment."
  type        = string
}

variable "package" {
  description = "Path of functions/stages/target/function.zip."
  type        = string
}

variable "admin_package" {
  description = "Path of functions/admin/target/function.zip: the admin API, which knows its callers and so takes approvals."
  type        = string
}

variable "mongo_secret_arn" {
  description = "ARN of the secret that holds the connection string."
  type        = string
}

variable "vpc" {
  description = "Subnets and security groups from which the database is reached."
  type        = object({ subnet_ids = list(string), security_group_ids = list(string) })
}

variable "database_connections" {
  description = "Connections that the database has left for Resync."
  type        = number
}

variable "notification_emails" {
  description = "Addresses that get notifications and alarms."
  type        = set(string)
  default     = []
}
