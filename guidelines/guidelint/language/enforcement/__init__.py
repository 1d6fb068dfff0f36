"""Where every statement of a guideline is enforced."""
