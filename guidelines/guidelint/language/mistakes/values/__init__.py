"""Values of another kind than is wanted."""
