"""What went wrong in the shape of a text, in words that an author understands."""
