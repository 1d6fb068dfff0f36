"""Is the result whole and readable."""
