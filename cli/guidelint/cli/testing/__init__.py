"""What `guidelint test` does: run the examples of guidelines, and tell where a verdict is not what is expected."""
