"""Guideline to the instructions that annotators read before they begin."""
