# How the deployment is run: size, network, keys, logs, schedules, API, alarms. All of them have defaults.

variable "memory_sizes" {
  description = "Memory of functions in MB, by name, where the defaults in functions.tf do not fit. Processors come with memory: 1769 MB are one."
  type        = map(number)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.memory_sizes), keys(local.functions))) == 0
    error_message = "memory_sizes names ${join(", ", setsubtract(keys(var.memory_sizes), keys(local.functions)))}. Expected names of deployed functions: ${join(", ", keys(local.functions))}."
  }

  validation {
    condition     = alltrue([for size in values(var.memory_sizes) : size >= 256 && size <= 10240])
    error_message = "memory_sizes has a size outside 256 to 10240. Expected MB."
  }
}

variable "function_environment" {
  description = "Further environment variables of all functions, such as JAVA_TOOL_OPTIONS. Those that begin with RESYNC_ or QUARKUS_LAMBDA_ belong to the module."
  type        = map(string)
  default     = {}

  validation {
    condition     = !anytrue([for name in keys(var.function_environment) : startswith(name, "RESYNC_") || startswith(name, "QUARKUS_LAMBDA_")])
    error_message = "function_environment holds ${join(", ", [for name in keys(var.function_environment) : name if startswith(name, "RESYNC_") || startswith(name, "QUARKUS_LAMBDA_")])}, which the module sets. Use the module's own variables."
  }
}

variable "vpc" {
  description = "Subnets and security groups of the functions, where the database is reached through a VPC. The subnets need a way to Step Functions, Secrets Manager, SNS and X-Ray: a NAT gateway or endpoints."
  type        = object({ subnet_ids = list(string), security_group_ids = list(string) })
  default     = null

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) > 0 && length(var.vpc.security_group_ids) > 0
    error_message = "vpc has no subnet_ids or no security_group_ids. Expected at least one of each; leave vpc out for functions outside a VPC."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary of all roles, where the account asks for one."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "ARN of a KMS key of your own for environment variables, log groups and the topic. Its policy must let logs, sns, cloudwatch and lambda use it (README, Deploy). Without it AWS's own keys are used."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is \"${coalesce(var.kms_key_arn, " ")}\". Expected the ARN of a key, not of an alias."
  }
}

variable "tags" {
  description = "Further tags of all resources, such as those by which costs are allocated. Application, Environment, EnvironmentKind and EnvironmentColour are set by the module."
  type        = map(string)
  default     = {}
}

variable "log_retention_days" {
  description = "How long logs are kept, in days: one of the figures that CloudWatch Logs takes."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is ${var.log_retention_days}. Expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}

variable "machine_log_level" {
  description = "What state machines log: ALL for each state, ERROR for failures only, FATAL for failed executions only, or OFF."
  type        = string
  default     = "ALL"

  validation {
    condition     = contains(["ALL", "ERROR", "FATAL", "OFF"], var.machine_log_level)
    error_message = "machine_log_level is \"${var.machine_log_level}\". Expected ALL, ERROR, FATAL or OFF."
  }
}

variable "include_execution_data" {
  description = "Whether these logs hold input and output of states: ids and numbers, who asked and why, and tokens that confirm a run."
  type        = bool
  default     = false
}

variable "reconcile_minutes" {
  description = "Every so many minutes reconcile looks for runs whose execution is gone."
  type        = number
  default     = 5

  validation {
    condition     = var.reconcile_minutes >= 2 && var.reconcile_minutes <= 60 && floor(var.reconcile_minutes) == var.reconcile_minutes
    error_message = "reconcile_minutes is ${var.reconcile_minutes}. Expected a whole number from 2 to 60."
  }
}

variable "schedules_enabled" {
  description = "Whether the schedules of runs fire: real runs as the profile lists them under scheduled, and dry_run_schedules."
  type        = bool
  default     = false

  validation {
    # As admit looks at it: * at the end of a name stands for any ending.
    condition = !var.schedules_enabled || anytrue([
      for name in try(local.profile.starts.schedule.who, []) : endswith(name, "*") ? startswith(trimspace(var.schedule_requested_by), trimsuffix(name, "*")) : name == trimspace(var.schedule_requested_by)
    ])
    error_message = "schedules_enabled is true, and starts.schedule of the profile ${var.profile_file} does not let \"${var.schedule_requested_by}\" start anything: each run would be refused. Open that way in the profile, or leave schedules_enabled out."
  }

  validation {
    condition     = !var.schedules_enabled || length(try(local.profile.scheduled, [])) == 0 || try(local.profile.starts.schedule.realRuns, false)
    error_message = "schedules_enabled is true and the profile ${var.profile_file} lists real runs under scheduled, but starts.schedule.realRuns is not true. Set it, or leave scheduled out."
  }
}

variable "schedule_requested_by" {
  description = "Who asks, in requests of schedules."
  type        = string
  default     = "schedule"

  validation {
    condition     = length(trimspace(var.schedule_requested_by)) > 0 && length(var.schedule_requested_by) <= 200
    error_message = "schedule_requested_by is \"${var.schedule_requested_by}\". Expected 1 to 200 characters."
  }
}

variable "dry_run_schedules" {
  description = "Dry runs on a schedule, by name: plan, and an expression such as cron(0 6 ? * MON *) or rate(7 days), read in the profile's time zone."
  type        = map(object({ plan = string, expression = string }))
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.dry_run_schedules) : can(regex("^[a-z][a-z0-9-]{0,39}$", name))])
    error_message = "dry_run_schedules has names ${join(", ", keys(var.dry_run_schedules))}. Expected up to 40 of a-z, 0-9 and hyphen, beginning with a letter."
  }

  validation {
    condition     = alltrue([for schedule in values(var.dry_run_schedules) : contains(var.plans, schedule.plan)])
    error_message = "dry_run_schedules asks for ${join(", ", [for schedule in values(var.dry_run_schedules) : schedule.plan])}, and plans holds ${join(", ", var.plans)}. Expected deployed plans only."
  }

  validation {
    condition     = alltrue([for schedule in values(var.dry_run_schedules) : can(regex("^(cron|rate)\\(.+\\)$", schedule.expression))])
    error_message = "dry_run_schedules has expressions ${join(", ", [for schedule in values(var.dry_run_schedules) : schedule.expression])}. Expected cron(…) or rate(…)."
  }
}

variable "api_jwt" {
  description = "Issuer and audiences of the tokens that callers of the API show, and the client by which people sign in to the console page there; the page calls the issuer and the further origins that are named. Without it callers sign their requests with IAM credentials."
  type = object({
    issuer    = string
    audiences = list(string)
    console = optional(object({
      client_id = string
      scopes    = optional(string, "openid")
      origins   = optional(list(string), [])
    }))
  })
  default = null

  validation {
    condition     = var.api_jwt == null ? true : startswith(var.api_jwt.issuer, "https://") && length(var.api_jwt.audiences) > 0
    error_message = "api_jwt has issuer \"${try(var.api_jwt.issuer, "")}\" and ${try(length(var.api_jwt.audiences), 0)} audiences. Expected an issuer that begins with https:// and at least one audience."
  }

  validation {
    condition     = alltrue([for origin in try(var.api_jwt.console.origins, []) : can(regex("^https://[A-Za-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "api_jwt.console.origins holds ${join(", ", try(var.api_jwt.console.origins, []))}. Expected origins, each https:// and a host, without a path."
  }
}

variable "api_throttling" {
  description = "Requests a second that the API answers, and how many more at once."
  type        = object({ rate = number, burst = number })
  default     = { rate = 10, burst = 20 }

  validation {
    condition     = var.api_throttling.rate >= 1 && var.api_throttling.burst >= 1
    error_message = "api_throttling is ${var.api_throttling.rate} a second and ${var.api_throttling.burst} at once. Expected at least 1 of each."
  }
}

variable "notification_emails" {
  description = "Addresses that get notifications and alarms. Each has to be confirmed by whoever reads it."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.notification_emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "notification_emails holds ${join(", ", var.notification_emails)}. Expected e-mail addresses."
  }
}

variable "notification_format" {
  description = "How subscribers of the topic over HTTPS get notifications: text is the JSON that queues and functions get, slack and teams are worded for a channel that Amazon Q Developer in chat applications subscribes. E-mail is text in any case."
  type        = string
  default     = "text"

  validation {
    condition     = contains(["text", "slack", "teams"], var.notification_format)
    error_message = "notification_format is ${var.notification_format}. Expected text, slack or teams."
  }
}

variable "alarm_limits" {
  description = "When alarms speak. stuck_run_hours: age of the oldest open run. snapshot_age_days: age of a plan's newest snapshot. quarantine_share: 0 to 1. failed_calls and error_share: calls of one function that failed in 5 minutes, and their share of all its calls, 0 to 1; both must be reached. duration_ratio: a run's time by the median of those before."
  type = object({
    stuck_run_hours   = optional(number, 6)
    snapshot_age_days = optional(number, 35)
    quarantine_share  = optional(number, 0.01)
    failed_calls      = optional(number, 4)
    error_share       = optional(number, 0.5)
    duration_ratio    = optional(number, 2)
  })
  default = {}

  validation {
    condition     = alltrue([for limit in values(var.alarm_limits) : limit > 0]) && var.alarm_limits.quarantine_share <= 1 && var.alarm_limits.error_share < 1 && floor(var.alarm_limits.failed_calls) == var.alarm_limits.failed_calls
    error_message = "alarm_limits is ${jsonencode(var.alarm_limits)}. Expected figures above 0, a quarantine_share of at most 1, an error_share below 1, and whole failed_calls."
  }
}
