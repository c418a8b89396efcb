terraform {
  required_version = ">= 1.10.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # The state of pre-production alone. Bucket and region come with terraform init -backend-config=backend.hcl; give each
  # environment a bucket of its own account, too.
  backend "s3" {
    key          = "resync/pre-production/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
