"""Verdicts as text, one module per format."""
