"""Routes that do nothing."""
