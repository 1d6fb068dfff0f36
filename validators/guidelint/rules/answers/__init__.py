"""What is said about a region or the image."""
