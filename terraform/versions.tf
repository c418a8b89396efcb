terraform {
  # 1.9: the validation of a variable may look at other variables and at files.
  required_version = ">= 1.9.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
