"""Verdicts as text: the output formats of a check, and what they are put together from."""
