"""Is it where it is said to be on the image."""
