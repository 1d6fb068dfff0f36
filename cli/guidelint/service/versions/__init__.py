"""Versions of a guideline in running projects: what stands under which, and its move to another."""
