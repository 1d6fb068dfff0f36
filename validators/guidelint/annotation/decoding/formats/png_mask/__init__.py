"""Masks in PNG."""
