"""Where pixels come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from guidelint.imaging.pixels.not_now import NotNow

if TYPE_CHECKING:
    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey


class NoSuchImage(NotNow):
    """An image that is not here, so that the next place may be asked. The reason is for people."""


class ImageProvider(Protocol):
    """Finds images and reads them."""

    @property
    def name(self) -> str:
        """What people call the place."""
        ...

    def read(self, image: str, sop_uid: str, frame: Frame | None) -> Grey:
        """Find an image by its SOP Instance UID or else by its name, and read it.

        ``frame``: which of the images of a task it is, which may be the frames of one file; None: it is the only one.
        Raises NoSuchImage where it is not here, NotNow where it could not be read this time, NotMeasurable where it
        cannot be read at all.
        """
        ...
