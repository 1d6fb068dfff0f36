"""The process that takes webhooks: it never judges, and never calls Label Studio."""
