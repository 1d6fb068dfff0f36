"""Formats beside the tool's own, each a file."""
