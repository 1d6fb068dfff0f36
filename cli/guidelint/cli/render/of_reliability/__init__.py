"""How reliable rules are, for people and for programs."""
