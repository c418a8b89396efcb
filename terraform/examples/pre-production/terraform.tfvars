# Values of pre-production. Those of your own accounts go here; the ones below are invented.
environment_name     = "preprod"
account_id           = "222222222222"
region               = "eu-west-2"
package              = "../../../functions/stages/target/function.zip"
admin_package        = "../../../functions/admin/target/function.zip"
mongo_secret_arn     = "arn:aws:secretsmanager:eu-west-2:222222222222:secret:resync/preprod/mongo-AbCdEf"
vpc                  = { subnet_ids = ["subnet-2a", "subnet-2b"], security_group_ids = ["sg-2"] }
database_connections = 450
