"""Decoders of deliveries, one file per format."""
