"""What ``guidelint init`` makes: a guideline from a source, and the project around it."""
