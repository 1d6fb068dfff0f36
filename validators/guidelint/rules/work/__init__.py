"""How one annotator works, over everything they have handed in."""
