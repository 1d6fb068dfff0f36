"""Verdicts to what should stand in a task; pure."""
