"""Guideline to labeling config, and the schema of what it yields."""
