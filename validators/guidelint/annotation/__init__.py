"""What was drawn, on what, by whom."""
