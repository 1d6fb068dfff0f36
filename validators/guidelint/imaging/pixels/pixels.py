"""The pixels of one image, read when a rule first asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt

    from guidelint.imaging.pixels.grey import Grey

    Body = tuple[npt.NDArray[np.bool_], int]

T = TypeVar("T")
NOT_GIVEN: Final = "the pixels of the image are not at hand; `guidelint check --images FOLDER` reads them"
MOST_KEPT_BYTES = 2**28
"""So much of what was read is kept until it is read again."""


@dataclass(slots=True)
class Recent:
    """Which images were read last; what was read before them is given up, so that memory stays flat."""

    most_bytes: int = MOST_KEPT_BYTES
    _held: list[Pixels] = field(default_factory=list["Pixels"])

    def note(self, pixels: Pixels) -> None:
        """Keep this one, and of those before it as many as there is room for."""
        self._held.append(pixels)
        while len(self._held) > 1 and sum(one.size_bytes for one in self._held) > self.most_bytes:
            self._held.pop(0).give_up()


class Pixels:
    """Reads when first asked, and keeps what was read, or why nothing can be."""

    def __init__(self, read: Callable[[], Grey], recent: Recent) -> None:
        """``read``: gives the values, or raises NotMeasurable with the reason."""
        self._read = read
        self._recent = recent
        self._grey: Grey | str | None = None
        self._body: Body | str | None = None

    @property
    def grey(self) -> Grey:
        """The grey values. Raises NotMeasurable."""
        if self._grey is None:
            self._grey = _result(self._read)
            self._recent.note(self)
        return _told(self._grey)

    @property
    def body(self) -> Body:
        """Which pixels show the body, and every how many-th was looked at. Raises NotMeasurable."""
        if self._body is None:
            self._body = _result(self._found_body)
        return _told(self._body)

    def _found_body(self) -> Body:
        from guidelint.imaging.pixels.body import body_of  # noqa: PLC0415 - loads scikit-image

        return body_of(self.grey)

    @property
    def size_bytes(self) -> int:
        """How much memory the values take."""
        return 0 if self._grey is None or isinstance(self._grey, str) else self._grey.stored.nbytes

    def give_up(self) -> None:
        """Forget the values; they are read again if somebody asks."""
        self._grey = None


def _result(find: Callable[[], T]) -> T | str:
    try:
        return find()
    except NotMeasurable as error:
        return str(error)


def _told(found: T | str) -> T:
    if isinstance(found, str):
        raise NotMeasurable(found)
    return found


def _not_given() -> Grey:
    raise NotMeasurable(NOT_GIVEN)


NO_PIXELS: Final = Pixels(_not_given, Recent())
"""Of images that nobody gave."""
