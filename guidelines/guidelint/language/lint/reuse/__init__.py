"""What is unwise about what is written once for several: unused, or said again."""
