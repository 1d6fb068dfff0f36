"""Guideline to plan; not files of a tool."""
