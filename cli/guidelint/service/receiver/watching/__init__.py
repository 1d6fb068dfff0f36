"""What those who watch the service are told."""
