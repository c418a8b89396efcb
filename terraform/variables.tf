# What every deployment must say, and where its database is. Further variables are in variables_operation.tf.

variable "environment_name" {
  description = "Name of the environment, as its profile says. Asked for a second time, so that a variable file cannot meet the profile of another environment."
  type        = string

  validation {
    condition     = var.environment_name == try(jsondecode(file(var.profile_file)).name, null)
    error_message = <<-E
      environment_name is "${var.environment_name}", and the profile ${var.profile_file} is of
      "${try(jsondecode(file(var.profile_file)).name, "no environment")}". Expected the same name: the variables or the profile of
      another environment were given. Give the variable file that belongs to this profile.
    E
  }
}

variable "account_id" {
  description = "AWS account that the environment is in, 12 digits. Planning fails where the credentials belong to another."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id is \"${var.account_id}\". Expected the 12 digits of an AWS account, as a string, since it may begin with 0."
  }
}

variable "profile_file" {
  description = "Profile of the environment, a JSON file after environments/environment.schema.json: the one source of its name, colour, kind, concurrency and schedules."
  type        = string

  validation {
    condition     = can(jsondecode(file(var.profile_file)).name)
    error_message = "profile_file is \"${var.profile_file}\". Expected a JSON file after environments/environment.schema.json, with a name."
  }

  validation {
    condition     = try(contains(["production", "pre-production", "test"], jsondecode(file(var.profile_file)).kind), false)
    error_message = "The profile ${var.profile_file} has kind \"${try(jsondecode(file(var.profile_file)).kind, "")}\". Expected production, pre-production or test: a local environment works on a machine of your own, not in AWS."
  }
}

variable "package" {
  description = "Path of the package of the stages, functions/stages/target/function.zip, built for the variant. At most 50 MB, which is what Lambda takes without a bucket."
  type        = string

  validation {
    condition     = fileexists(var.package)
    error_message = "package is \"${var.package}\", and there is no such file. Build it with ./mvnw -pl functions/stages -am package."
  }
}

variable "admin_package" {
  description = "Path of the package of the admin API, functions/admin/target/function.zip, built for the variant. Without it there is no API."
  type        = string
  default     = null

  validation {
    condition     = var.admin_package == null ? true : fileexists(var.admin_package)
    error_message = "admin_package is \"${coalesce(var.admin_package, " ")}\", and there is no such file. Build it, or leave admin_package out for a deployment without an API."
  }

  validation {
    condition     = var.admin_package == null ? true : length(flatten(values(try(local.profile.callers, {})))) > 0
    error_message = "admin_package is given, and the profile ${var.profile_file} names nobody under callers: the API would answer nobody. Name viewers, operators or approvers there."
  }

  validation {
    condition     = var.admin_package == null || try(local.profile.kind, "") != "production" || try(local.profile.approval, "none") == "none" ? true : length(try(local.profile.callers.approvers, [])) > 0
    error_message = "The profile ${var.profile_file} asks for the approval of another person and names no approvers under callers: each real run would wait in vain. Name some."
  }
}

variable "plans" {
  description = "Names of the deployed plans; the files plans/NAME.json are in the package."
  type        = list(string)

  validation {
    condition     = length(var.plans) > 0 && alltrue([for plan in var.plans : can(regex("^[a-z][a-z0-9-]{0,39}$", plan))])
    error_message = "plans is [${join(", ", var.plans)}]. Expected at least one name of a plan: up to 40 of a-z, 0-9 and hyphen, beginning with a letter."
  }
}

variable "variant" {
  description = "jvm: managed Java runtime with SnapStart. native: provided.al2023 with a package from the native build."
  type        = string
  default     = "jvm"

  validation {
    condition     = contains(["jvm", "native"], var.variant)
    error_message = "variant is \"${var.variant}\". Expected jvm or native."
  }
}

variable "architecture" {
  description = "arm64 or x86_64. A native package must have been built for it; a JVM package runs on both."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture is \"${var.architecture}\". Expected arm64 or x86_64."
  }
}

variable "mongo_secret_arn" {
  description = "ARN of the Secrets Manager secret whose string is the connection string. Either this or mongo_uri."
  type        = string
  default     = null

  validation {
    condition     = (var.mongo_secret_arn == null) != (var.mongo_uri == null)
    error_message = "${var.mongo_secret_arn == null ? "Neither" : "Both"} of mongo_secret_arn and mongo_uri are given. Expected exactly one: the secret, or a connection string without a password."
  }

  validation {
    condition     = var.mongo_secret_arn == null ? true : can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:${var.account_id}:secret:.+$", var.mongo_secret_arn))
    error_message = "mongo_secret_arn is \"${coalesce(var.mongo_secret_arn, " ")}\". Expected the full ARN of a secret in account ${var.account_id}: the secret of another account may be that of another environment."
  }
}

variable "mongo_secret_kms_key_arn" {
  description = "ARN of the KMS key of that secret, where it is not the one that AWS manages."
  type        = string
  default     = null

  validation {
    condition     = var.mongo_secret_kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.mongo_secret_kms_key_arn))
    error_message = "mongo_secret_kms_key_arn is \"${coalesce(var.mongo_secret_kms_key_arn, " ")}\". Expected the ARN of a key, not of an alias."
  }
}

variable "mongo_uri" {
  description = "Connection string without a password, for databases that know IAM roles (authMechanism=MONGODB-AWS). Give the output function_role_arns their rights in the database."
  type        = string
  default     = null

  validation {
    condition     = var.mongo_uri == null ? true : can(regex("^mongodb(\\+srv)?://", var.mongo_uri))
    error_message = "mongo_uri does not begin with mongodb:// or mongodb+srv://. Expected a connection string."
  }

  validation {
    condition     = var.mongo_uri == null ? true : !can(regex("://[^/@?]*:[^/@?]*@", var.mongo_uri))
    error_message = "mongo_uri holds a password, which would stand in the state file and in the functions' settings for all to read. Put the connection string into a secret and give mongo_secret_arn."
  }
}

variable "ca_bundle" {
  description = "Certificates that the database's are signed with, as for Amazon DocumentDB: a layer version that holds the PEM file, and the file's path below /opt."
  type        = object({ layer_arn = string, path = string })
  default     = null

  validation {
    condition     = var.ca_bundle == null ? true : startswith(var.ca_bundle.path, "/opt/") && can(regex("^arn:[a-z-]+:lambda:.+:layer:.+:[0-9]+$", var.ca_bundle.layer_arn))
    error_message = "ca_bundle has path \"${try(var.ca_bundle.path, "")}\" and layer_arn \"${try(var.ca_bundle.layer_arn, "")}\". Expected a path that begins with /opt/, where layers are unpacked, and the ARN of a layer's version."
  }
}

variable "database_connections" {
  description = "Connections that the database allows, less those that others need. Planning fails where the functions could open more, for which reserve_concurrency must hold them. Without it nothing is compared."
  type        = number
  default     = null

  validation {
    condition     = var.database_connections == null ? true : local.connections <= var.database_connections
    error_message = <<-E
      database_connections is ${coalesce(var.database_connections, 0)}, and the functions may open up to ${local.connections}: ${local.instances} at once with
      ${var.connections_per_instance} connections each. Lower maxConcurrency in the profile (now ${try(local.profile.maxConcurrency, 0)}; it counts once
      for each of ${length(local.chunk_functions)} chunk functions and each of runs_at_once, now ${var.runs_at_once}), or allow more in the database.
    E
  }

  validation {
    condition     = var.database_connections == null || var.reserve_concurrency
    error_message = "database_connections is ${coalesce(var.database_connections, 0)} and reserve_concurrency is false: nothing keeps Lambda from starting as many instances as are called, so that no number of connections is certain. Reserve, or leave database_connections out and watch the database."
  }
}

variable "connections_per_instance" {
  description = "Connections that one instance of a function may hold to one server of the database: two that watch it and those at work."
  type        = number
  default     = 5

  validation {
    condition     = var.connections_per_instance >= 5
    error_message = "connections_per_instance is ${var.connections_per_instance}. Expected at least 5: the driver watches each server with two, and up to three work."
  }
}

variable "runs_at_once" {
  description = "Runs that may work at the same time, as of different plans. Chunk functions get room for maxConcurrency calls for each, all others for one."
  type        = number
  default     = 1

  validation {
    condition     = var.runs_at_once >= 1 && floor(var.runs_at_once) == var.runs_at_once
    error_message = "runs_at_once is ${var.runs_at_once}. Expected a whole number from 1."
  }
}

variable "reserve_concurrency" {
  description = "Whether Lambda holds each function to the instances that it needs, as the output instances adds them up. They are taken from the account's concurrency, of which 100 must stay unreserved: false for accounts that have no more than those, such as new ones with 10."
  type        = bool
  default     = true
}
