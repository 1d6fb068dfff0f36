"""What is done about a task of an exam: once somebody has handed in all items, they are graded and told."""
