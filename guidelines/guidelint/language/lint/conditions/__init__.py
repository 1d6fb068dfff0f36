"""Conditions of uses that cannot hold, always hold, exclude each other or ask for what nobody can tell."""
