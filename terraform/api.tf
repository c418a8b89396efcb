# The admin API: an HTTP API before the admin function. Only where admin_package is given.

locals {
  api = var.admin_package == null ? {} : { admin = "${local.prefix}_admin" }
  # With IAM credentials the page comes through the proxy that signs every request.
  console_paths = toset(var.admin_package == null || try(var.api_jwt.console, null) == null ? [] : ["/", "/console", "/console/{proxy+}"])
}

resource "aws_apigatewayv2_api" "admin" {
  for_each = local.api

  name          = each.value
  description   = "Resync admin API in ${local.banner}"
  protocol_type = "HTTP"
  tags          = local.tags
}

resource "aws_apigatewayv2_integration" "admin" {
  for_each = local.api

  api_id                 = aws_apigatewayv2_api.admin[each.key].id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.current["admin"].invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  for_each = var.api_jwt == null ? {} : local.api

  name             = "${local.prefix}_jwt"
  api_id           = aws_apigatewayv2_api.admin[each.key].id
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.api_jwt.issuer
    audience = var.api_jwt.audiences
  }
}

# Nothing is told or done without authorisation: all that is open are the files of the console page, by which people sign in.
resource "aws_apigatewayv2_route" "default" {
  for_each = local.api

  api_id             = aws_apigatewayv2_api.admin[each.key].id
  route_key          = "$default"
  target             = "integrations/${aws_apigatewayv2_integration.admin[each.key].id}"
  authorization_type = var.api_jwt == null ? "AWS_IAM" : "JWT"
  authorizer_id      = var.api_jwt == null ? null : aws_apigatewayv2_authorizer.jwt[each.key].id
}

resource "aws_apigatewayv2_route" "console" {
  for_each = local.console_paths

  api_id             = aws_apigatewayv2_api.admin["admin"].id
  route_key          = "GET ${each.value}"
  target             = "integrations/${aws_apigatewayv2_integration.admin["admin"].id}"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_stage" "default" {
  for_each = local.api

  api_id      = aws_apigatewayv2_api.admin[each.key].id
  name        = "$default"
  auto_deploy = true
  tags        = local.tags

  default_route_settings {
    throttling_rate_limit  = var.api_throttling.rate
    throttling_burst_limit = var.api_throttling.burst
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api[0].arn
    # Neither headers nor query nor body, which may hold tokens.
    format = jsonencode({
      time        = "$context.requestTime"
      environment = local.profile.name
      request     = "$context.requestId"
      method      = "$context.httpMethod"
      path        = "$context.path"
      status      = "$context.status"
      caller      = var.api_jwt == null ? "$context.identity.userArn" : "$context.authorizer.claims.sub"
      address     = "$context.identity.sourceIp"
      refusal     = "$context.authorizer.error"
      function    = "$context.integration.status"
      millis      = "$context.responseLatency"
    })
  }
}

resource "aws_lambda_permission" "api" {
  for_each = local.api

  statement_id   = "AdminApi"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.function["admin"].function_name
  qualifier      = aws_lambda_alias.current["admin"].name
  principal      = "apigateway.amazonaws.com"
  source_account = local.account
  source_arn     = "${aws_apigatewayv2_api.admin[each.key].execution_arn}/*/$default"
}

resource "aws_lambda_permission" "console" {
  for_each = local.console_paths

  statement_id   = { "/" = "ConsoleRoot", "/console" = "Console", "/console/{proxy+}" = "ConsoleFiles" }[each.value]
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.function["admin"].function_name
  qualifier      = aws_lambda_alias.current["admin"].name
  principal      = "apigateway.amazonaws.com"
  source_account = local.account
  source_arn     = "${aws_apigatewayv2_api.admin["admin"].execution_arn}/*/*${each.value}"
}
