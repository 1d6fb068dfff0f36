"""What is kept of the subjects above one submission: contributions, groups, verdicts."""
