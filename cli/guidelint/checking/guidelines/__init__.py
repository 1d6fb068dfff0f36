"""Several guidelines in one run: what a task says of its own, and which of those given that is."""
