"""Counting what a delivery comes to: totals, shares, oddities."""
