"""How regions lie to each other."""
