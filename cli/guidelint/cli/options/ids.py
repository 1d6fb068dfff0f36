"""Ids that are given on the command line: only such as a database can hold."""

from __future__ import annotations

MOST_PROJECT = 2**31 - 1
"""Largest id of a project in Label Studio's own database."""
MOST_ID = 2**63 - 1
"""Largest id of anything else."""
