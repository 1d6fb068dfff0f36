"""What is wrong or unwise about a well-formed guideline."""
