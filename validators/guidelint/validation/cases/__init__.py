"""Running the cases of a rule."""
