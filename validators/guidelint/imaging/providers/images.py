"""The images that a run was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from guidelint.imaging.pixels.pixels import Pixels, Recent
from guidelint.imaging.providers.provider import NoSuchImage

if TYPE_CHECKING:
    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey
    from guidelint.imaging.providers.provider import ImageProvider


REMEDY: Final = "Name with --images where it is"


@dataclass(frozen=True, slots=True)
class Images:
    """Where they are, and which were read last."""

    provider: ImageProvider
    recent: Recent = field(default_factory=Recent)

    def pixels(self, image: str, sop_uid: str, frame: Frame | None) -> Pixels:
        """Let an image be found and read when a rule asks; what fails is told then."""
        return Pixels(partial(self._read, image, sop_uid, frame), self.recent)

    def _read(self, image: str, sop_uid: str, frame: Frame | None) -> Grey:
        """Read it; where no place has it, say what to do. Raises NotMeasurable."""
        try:
            return self.provider.read(image, sop_uid, frame)
        except NoSuchImage as error:
            reason = str(error)
            raise NoSuchImage(reason if ". " in reason else f"{reason}. {REMEDY}") from error
