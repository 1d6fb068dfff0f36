"""A whole project or delivery."""
