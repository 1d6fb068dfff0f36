"""What `guidelint lint` does: read guidelines, choose what is told of them, mend what can be."""
