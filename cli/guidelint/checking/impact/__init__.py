"""Which stored work changes its verdict under another version of a guideline."""
