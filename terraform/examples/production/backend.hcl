# Where the state of production is kept: a bucket in its own account.
bucket = "terraform-state-111111111111"
region = "eu-west-2"
