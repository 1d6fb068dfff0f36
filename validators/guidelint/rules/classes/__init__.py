"""Which class, how many, how drawn."""
