"""What was expected of a delivery, and what became of each of it."""
