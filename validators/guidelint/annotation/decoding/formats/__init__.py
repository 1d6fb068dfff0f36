"""Formats beside the tool's own, each a file, or a folder with a ``decoder``."""
