"""Lines and letters that lead the reader astray."""
