"""Hints at tasks that are not dealt with: received, claimed, put off, held."""
