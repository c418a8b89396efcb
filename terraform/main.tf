# One environment: its name, colour and rules come from the profile alone.

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {
  lifecycle {
    # Not a check block, which only warns: everything with an ARN hangs on this.
    postcondition {
      condition     = self.account_id == var.account_id
      error_message = <<-E
        account_id is ${var.account_id}, and the credentials in use belong to account ${self.account_id}. Expected the
        same account: the variables or the credentials of another environment were given. Nothing was planned; choose
        the credentials of environment ${var.environment_name}, or the variable file that belongs to them.
      E
    }
  }
}

locals {
  profile = jsondecode(file(var.profile_file))

  # No name of an environment holds an underscore, so that no two environments can come to the same name for a resource.
  prefix = "resync_${local.profile.name}"

  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id

  # The kind and the colour in words: nobody has to see colours to know where they are.
  kind_in_words = upper(local.profile.kind)
  banner        = "${local.kind_in_words}: environment ${local.profile.name}, colour ${local.profile.colour}"

  tags = merge(var.tags, {
    Application       = "resync"
    Environment       = local.profile.name
    EnvironmentKind   = local.profile.kind
    EnvironmentColour = local.profile.colour
  })

  # ARNs are put together from names wherever two things need each other's, such as functions and state machines.
  function_arns = {
    for name in keys(local.functions) :
    name => "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${local.prefix}_${name}"
  }
  machine_arns = {
    for name in keys(local.machines) :
    name => "arn:${local.partition}:states:${local.region}:${local.account}:stateMachine:${local.prefix}_${name}"
  }
  machine_alias_arns = { for name, arn in local.machine_arns : name => "${arn}:${local.alias}" }
  topic_arn          = "arn:${local.partition}:sns:${local.region}:${local.account}:${local.prefix}_notifications"

  # Name of the aliases of functions and state machines that schedules and the API use.
  alias = "current"
}
