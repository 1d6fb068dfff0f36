"""Where pixels come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.pixels import Pixels


class ImageProvider(Protocol):
    """Finds images, and reads them when a rule asks."""

    def pixels(self, image: str, sop_uid: str, frame: Frame | None) -> Pixels:
        """Find an image by its SOP Instance UID or else by its name; what fails is told when the pixels are asked for.

        ``frame``: which of the images of a task it is, which may be the frames of one file; None: it is the only one.
        """
        ...
