"""What may be proposed: each file looks for one kind of thing that a guideline can ask."""
