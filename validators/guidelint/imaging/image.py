"""One image: what is known of it, and its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.imaging.pixels.pixels import NO_PIXELS, Pixels

if TYPE_CHECKING:
    from guidelint.imaging.facts import ImageFacts


@dataclass(frozen=True, slots=True)
class Image:
    """One image of a task."""

    facts: ImageFacts
    """In the frame of the file shown."""
    pixels: Pixels = NO_PIXELS
    """Read when a rule first asks."""
