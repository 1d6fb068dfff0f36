"""Facts and images beside the tasks, as they are named in Python."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.api.error import refusals
from guidelint.checking.image_places import Reach
from guidelint.checking.supplied import Supplied, SuppliedError, supplied
from guidelint.imaging.given import NOTHING_GIVEN, Given

if TYPE_CHECKING:
    from guidelint.api.given import Several

    Named = str | os.PathLike[str]
    Places = Named | Iterable[Named] | None


def given_of(facts: Named | None, images: Places, inside: Several) -> Given:
    """Read what is given. Raises GuidelintError."""
    if facts is None and not images and not inside:
        return NOTHING_GIVEN
    with refusals():
        return supplied_by(facts, images, inside).given


def supplied_by(facts: Named | None, images: Places, inside: Several) -> Supplied:
    """Read what is given. Raises SuppliedError."""
    networks = (str(inside),) if isinstance(inside, str | int) else tuple(map(str, inside))
    several = images or () if isinstance(images, Iterable) and not isinstance(images, str | bytes) else (images,)
    places = tuple(_named(one, "images", "a folder or an address") for one in several if one is not None)
    at = None if facts is None else Path(_named(facts, "facts", "the path of a table or a folder"))
    return supplied(at, places, Reach(networks))


def _named(value: object, option: str, taken: str) -> str:
    """Give what names a place. Raises SuppliedError."""
    if isinstance(value, str | os.PathLike) and isinstance(name := os.fspath(value), str):
        return name
    raise SuppliedError(f"{option}=: {type(value).__name__} names no place. Give {taken}, as text")
