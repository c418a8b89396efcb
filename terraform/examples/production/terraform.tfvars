# Values of production. Those of your own accounts go here; the ones below are invented.
environment_name     = "prod"
account_id           = "111111111111"
region               = "eu-west-2"
package              = "../../../functions/stages/target/function.zip"
admin_package        = "../../../functions/admin/target/function.zip"
mongo_secret_arn     = "arn:aws:secretsmanager:eu-west-2:111111111111:secret:resync/prod/mongo-AbCdEf"
vpc                  = { subnet_ids = ["subnet-1a", "subnet-1b"], security_group_ids = ["sg-1"] }
database_connections = 700
