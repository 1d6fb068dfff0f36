"""The images that a run was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from guidelint.imaging.pixels.pixels import Pixels, Recent

if TYPE_CHECKING:
    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.providers.provider import ImageProvider


@dataclass(frozen=True, slots=True)
class Images:
    """Where they are, and which were read last."""

    provider: ImageProvider
    recent: Recent = field(default_factory=Recent)

    def pixels(self, image: str, sop_uid: str, frame: Frame | None) -> Pixels:
        """Let an image be found and read when a rule asks; what fails is told then."""
        return Pixels(partial(self.provider.read, image, sop_uid, frame), self.recent)
