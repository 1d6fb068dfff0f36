"""Answers that follow from others."""
