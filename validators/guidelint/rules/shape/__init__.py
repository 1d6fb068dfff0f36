"""The geometry of one region or object."""
