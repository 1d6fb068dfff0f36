"""A whole delivery, in the service a whole project."""
