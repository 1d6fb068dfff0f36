"""Which image each record was found to be about by its path, and which fit several that are not the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from guidelint.imaging.addresses.address import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP = "\0"
"""Between the steps of a path, its last step first."""


class Use(NamedTuple):
    """An image that a record was used for."""

    path: str
    """Its last step first."""
    image: str
    """For people."""


Other = tuple[str, str]
"""The first image that a record was used for, and another one that it fits."""


class Used(NamedTuple):
    """What is known of the use of a record."""

    first: Use
    other: Other | None


Noted = list[tuple[int, Use]]
"""Records with the images that they were used for, as far as that told anything new."""


@dataclass(slots=True)
class Uses:
    """Grows with every image that is looked up: that a record fits two is seen only at the second."""

    _first: dict[int, Use] = field(default_factory=dict[int, Use])
    others: dict[int, Other] = field(default_factory=dict[int, Other])
    """By the number of a record."""
    noted: list[tuple[int, Use]] = field(default_factory=list[tuple[int, Use]])
    """What told anything new."""

    def note(self, number: int, path: str, image: str) -> None:
        """Note that a record fits an image; a path and a longer one that ends with it are one image."""
        self.take(number, Use(path, shown(image)))

    def take(self, number: int, use: Use) -> None:
        """Take in a use as it was noted here or elsewhere."""
        path = use.path
        first = self._first.get(number)
        if first is None or (first != use and _continues(path, first.path)):
            self._first[number] = use
        elif _continues(first.path, path) or number in self.others:
            return
        else:
            self.others[number] = first.image, use.image
        self.noted.append((number, use))

    def know(self, used: Mapping[int, Used]) -> None:
        """Take in what others noted before."""
        for number, (first, other) in used.items():
            self._first[number] = first
            if other is not None:
                self.others[number] = other

    def otherwise(self, noted: Noted) -> dict[int, Used]:
        """Give what is known of records that others noted to begin with as if nothing were."""
        begun = dict(reversed(noted))
        known = {number: self._first[number] for number in begun if number in self._first}
        return {
            number: Used(first, self.others.get(number))
            for number, first in known.items()
            if first != begun[number] or number in self.others
        }

    def other(self, number: int, image: str) -> str:
        """Name another image than this one that a record fits; empty: there is none."""
        return next((other for other in self.others.get(number, ()) if other != shown(image)), "")


def _continues(path: str, end: str) -> bool:
    return path == end or path.startswith(end + STEP)
