"""Codes of terminologies: lints, a file for each."""
