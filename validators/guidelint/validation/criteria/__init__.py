"""Criteria of what is answered and what is drawn: how they are written, whether they hold, and how they are told."""
