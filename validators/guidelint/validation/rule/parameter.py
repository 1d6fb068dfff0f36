"""Types of parameters that say what a number is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Pixels = Annotated[float, Field(ge=0)]
"""A length in pixels, or a count of them."""
Fraction = Annotated[float, Field(gt=0, le=1)]
"""A share of a whole, 1 being all of it."""
