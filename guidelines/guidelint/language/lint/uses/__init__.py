"""Rules that have no effect where they stand, and rules that contradict one another."""
