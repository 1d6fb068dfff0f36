"""What is told of guidelines as text: the output formats of `guidelint lint`."""
