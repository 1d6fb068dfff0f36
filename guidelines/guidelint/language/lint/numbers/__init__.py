"""Numbers that contradict one another, or that nobody can mean."""
