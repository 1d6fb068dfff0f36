"""Answers that a rule derives and nobody enters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.annotation.region import Region, Value

Filled = tuple["Region | None", int | None, "Value"]
"""An answer: of which region, else about which image of the task, else about all of it; and what it is."""
