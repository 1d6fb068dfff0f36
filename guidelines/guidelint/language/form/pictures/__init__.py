"""Pictures in the texts of a guideline."""
