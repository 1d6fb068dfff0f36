"""Where a guideline asks for something: as a path, and as people find it."""
