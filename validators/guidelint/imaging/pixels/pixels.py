"""The pixels of one image, read when a rule first asks."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.pixels.not_now import NotNow

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
    _held: deque[tuple[Pixels, int]] = field(default_factory=deque["tuple[Pixels, int]"])
    _bytes: int = 0
    _turn: Lock = field(default_factory=Lock)

    def note(self, pixels: Pixels) -> None:
        """Keep this one, and of those before it as many as there is room for."""
        with self._turn:
            self._held.append((pixels, pixels.size_bytes))
            self._bytes += pixels.size_bytes
            while len(self._held) > 1 and self._bytes > self.most_bytes:
                oldest, size = self._held.popleft()
                self._bytes -= size
                oldest.give_up()


class _Reason(NamedTuple):
    """Why nothing can be told."""

    words: str
    may_pass: bool


class Pixels:
    """Reads when first asked, and keeps what was read, or why nothing can be."""

    def __init__(self, read: Callable[[], Grey], recent: Recent) -> None:
        """``read``: gives the values, or raises NotMeasurable with the reason."""
        self._read = read
        self._recent = recent
        self._grey: Grey | _Reason | None = None
        self._body: Body | _Reason | None = None

    @property
    def grey(self) -> Grey:
        """The grey values. Raises NotMeasurable."""
        found = self._grey
        if found is None:
            self._grey = found = _result(self._read)
            if not isinstance(found, _Reason):
                self._recent.note(self)
        return _told(found)

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
    def may_come(self) -> bool:
        """Whether they could not be read this time, and perhaps can another time."""
        return isinstance(self._grey, _Reason) and self._grey.may_pass

    @property
    def size_bytes(self) -> int:
        """How much memory the values take."""
        found = self._grey
        return 0 if found is None or isinstance(found, _Reason) else found.stored.nbytes

    def give_up(self) -> None:
        """Forget the values; they are read again if somebody asks."""
        if not isinstance(self._grey, _Reason):
            self._grey = None


def _result(find: Callable[[], T]) -> T | _Reason:
    try:
        return find()
    except NotMeasurable as error:
        return _Reason(str(error), isinstance(error, NotNow))


def _told(found: T | _Reason) -> T:
    if isinstance(found, _Reason):
        raise NotMeasurable(found.words)
    return found


def _not_given() -> Grey:
    raise NotMeasurable(NOT_GIVEN)


NO_PIXELS: Final = Pixels(_not_given, Recent())
"""Of images that nobody gave."""
