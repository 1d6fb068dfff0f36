"""Readers of deliveries, one file per format."""
