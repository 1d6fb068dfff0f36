"""What changes from one version of a guideline to another: as text, as JSON."""
