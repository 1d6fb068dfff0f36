"""What a rule is and says; not how it is run."""
