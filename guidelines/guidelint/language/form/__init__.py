"""The shape of a guideline: as written, as meant."""
