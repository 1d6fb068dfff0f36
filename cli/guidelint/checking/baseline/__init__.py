"""Findings that are known before a run: read, compared with, and written anew."""
