"""Slips of the pen that make a text no YAML: each file knows one kind, where it stands and how it is mended."""
