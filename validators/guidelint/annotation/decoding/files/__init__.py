"""Bytes of a delivery as text and records."""
