"""The catalogue: one file per rule."""
