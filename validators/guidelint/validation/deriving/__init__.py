"""Deriving an answer from others and from what is drawn: one file for each way."""
