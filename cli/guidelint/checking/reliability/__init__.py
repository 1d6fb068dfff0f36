"""How reliably rules are applied: whether readers of the same object come to the same verdict on it."""
