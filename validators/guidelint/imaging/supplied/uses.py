"""Which image each record was found to be about by its path, and which fit several that are not the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from guidelint.imaging.addresses.address import shown

STEP = "\0"
"""Between the steps of a path, its last step first."""


class Use(NamedTuple):
    """An image that a record was used for."""

    path: str
    """Its last step first."""
    image: str
    """For people."""


@dataclass(slots=True)
class Uses:
    """Grows with every image that is looked up: that a record fits two is seen only at the second."""

    _first: dict[int, Use] = field(default_factory=dict[int, Use])
    others: dict[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])
    """Number of a record → the first image that it was used for, and another one that it fits."""

    def note(self, number: int, path: str, image: str) -> None:
        """Note that a record fits an image; a path and a longer one that ends with it are one image."""
        use = Use(path, shown(image))
        first = self._first.setdefault(number, use)
        if _continues(path, first.path):
            self._first[number] = use
        elif not _continues(first.path, path):
            self.others.setdefault(number, (first.image, use.image))

    def other(self, number: int, image: str) -> str:
        """Name another image than this one that a record fits; empty: there is none."""
        return next((other for other in self.others.get(number, ()) if other != shown(image)), "")


def _continues(path: str, end: str) -> bool:
    return path == end or path.startswith(end + STEP)
