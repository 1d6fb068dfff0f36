"""Where regions lie to a landmark: how far from it, and in which quadrant about it."""
