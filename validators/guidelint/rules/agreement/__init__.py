"""How many read one task, and whether they agree."""
