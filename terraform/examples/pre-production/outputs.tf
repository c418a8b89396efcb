output "banner" {
  description = "Kind, name and colour of the environment, in words."
  value       = module.resync.banner
}

output "resync_machine_arn" {
  description = "What to start runs with."
  value       = module.resync.resync_machine_arn
}

output "restore_machine_arn" {
  description = "What to start restores with."
  value       = module.resync.restore_machine_arn
}

output "api_endpoint" {
  description = "Address of the admin API."
  value       = module.resync.api_endpoint
}

output "dashboard_name" {
  description = "Name of the dashboard in CloudWatch."
  value       = module.resync.dashboard_name
}
