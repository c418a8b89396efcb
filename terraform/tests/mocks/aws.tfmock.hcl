# What AWS would say of an account and of what is made in it.

mock_data "aws_caller_identity" {
  defaults = { account_id = "210987654321" }
}
mock_data "aws_region" {
  defaults = { name = "eu-north-1" }
}
mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}
mock_data "aws_iam_policy_document" {
  defaults = { json = "{}" }
}
mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::210987654321:role/mocked" }
}
mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-north-1:210987654321:log-group:mocked" }
}
mock_resource "aws_lambda_alias" {
  defaults = { arn = "arn:aws:lambda:eu-north-1:210987654321:function:mocked:current", invoke_arn = "arn:aws:apigateway:eu-north-1:lambda:path/mocked" }
}
mock_resource "aws_sfn_state_machine" {
  defaults = { arn = "arn:aws:states:eu-north-1:210987654321:stateMachine:mocked", state_machine_version_arn = "arn:aws:states:eu-north-1:210987654321:stateMachine:mocked:7" }
}
mock_resource "aws_sfn_alias" {
  defaults = { arn = "arn:aws:states:eu-north-1:210987654321:stateMachine:mocked:current" }
}
mock_resource "aws_sqs_queue" {
  defaults = { arn = "arn:aws:sqs:eu-north-1:210987654321:mocked", url = "https://sqs.invalid/mocked" }
}
mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-north-1:210987654321:mocked" }
}
mock_resource "aws_cloudwatch_metric_alarm" {
  defaults = { arn = "arn:aws:cloudwatch:eu-north-1:210987654321:alarm:mocked" }
}
mock_resource "aws_apigatewayv2_api" {
  defaults = { execution_arn = "arn:aws:execute-api:eu-north-1:210987654321:mocked" }
}
