"""Byte formats of masks, one module each."""
