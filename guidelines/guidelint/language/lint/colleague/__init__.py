"""What a critical colleague would ask for: notes on what is sound and could be better."""
