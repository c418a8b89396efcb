# Where the state of pre-production is kept: a bucket in its own account.
bucket = "terraform-state-222222222222"
region = "eu-west-2"
