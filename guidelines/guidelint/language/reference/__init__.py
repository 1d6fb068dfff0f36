"""Pages of the reference, and what explain says of a problem."""
