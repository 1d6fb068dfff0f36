"""Facts and images beside the tasks, as they are named in Python."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.api.error import refusals
from guidelint.checking.image_places import Reach
from guidelint.checking.supplied import Supplied, supplied
from guidelint.imaging.given import NOTHING_GIVEN, Given

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    several = (images,) if isinstance(images, str | os.PathLike) else images or ()
    return supplied(None if facts is None else Path(facts), tuple(os.fspath(one) for one in several), Reach(networks))
