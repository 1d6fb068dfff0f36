"""Whether a folder is this user's own: what is loaded from a cache runs, so nobody else may have put it there."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_ADMINISTRATOR = 0


def why_not_own(folder: Path) -> str:
    """Say who else may write there, or lead the way there elsewhere; empty: nobody may, or nothing is there yet.

    Windows keeps the caches of a user in a folder that others cannot enter.
    """
    if not hasattr(os, "geteuid"):
        return ""
    folder = folder.absolute()
    above = (*folder.parents, *folder.resolve().parents)
    return next((reason for reason in (_inside(folder.resolve()), _link(folder), *map(_above, above)) if reason), "")


def _inside(folder: Path) -> str:
    """Look at the folder itself and at the files that lie in it."""
    found = _stat(folder)
    if found is None:
        return ""
    if found.st_mode & _OTHERS:
        return f"others may write into {folder}: `chmod go-w` ends that, after a look at what is there"
    return _foreign(folder, found) or next((said for said in map(_file, sorted(folder.glob("*"))) if said), "")


def _file(file: Path) -> str:
    found = _stat(file)
    return "" if found is None else _foreign(file, found)


def _above(place: Path) -> str:
    """Look at a folder on the way: who may rename what is in it decides what is found there."""
    found = _stat(place)
    if found is None:
        return ""
    if found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX:
        return f"everybody may write into {place}"
    return _foreign(place, found) or _link(place)


def _link(place: Path) -> str:
    return _foreign(place, place.lstat()) if place.is_symlink() else ""


def _foreign(place: Path, found: os.stat_result) -> str:
    return "" if found.st_uid in {os.geteuid(), _ADMINISTRATOR} else f"{place} belongs to another user"


def _stat(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except OSError:
        return None
