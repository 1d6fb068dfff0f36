"""Where machine code is kept for later processes: a folder in the user's cache for each version of what makes it.

The folder is named by what the code is made from, never by where that lies: a second environment finds it as well.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.geometry.kernels.cache_folder import cache_folder
from guidelint.geometry.kernels.own_folder import why_not_own

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "NUMBA_CACHE_DIR"
"""Names another folder, as for everything that numba compiles."""
PREFIX = "kernels-"
VERSIONS = 8
"""So many folders stay, those used last."""
MADE_BY = ("numba", "llvmlite", "numpy")


def folder() -> Path:
    """Folder of this version. Raises RuntimeError when the user has no home."""
    above = Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else cache_folder()
    return above / f"{PREFIX}{_key()}"


def complete() -> bool:
    """Whether every loop was compiled before and kept."""
    try:
        return _marker().exists() and not why_not_own(folder())
    except (OSError, RuntimeError):
        return False


def mark_complete() -> None:
    """Note that every loop is kept, and clear away what older versions left."""
    with suppress(OSError, RuntimeError):
        _marker().touch()
        for old in _used_last_first(folder().parent)[VERSIONS:]:
            shutil.rmtree(old, ignore_errors=True)


def mark_used() -> None:
    """Note that this version is in use: what is used last is cleared away last."""
    with suppress(OSError, RuntimeError):
        os.utime(folder())


def why_not() -> str:
    """Say why nothing can be kept here; empty when it can."""
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        if reason := why_not_own(folder()):
            return reason
        tempfile.TemporaryFile(dir=folder()).close()
    except OSError as error:
        return f"{folder()} cannot be written ({(error.strerror or 'unwritable').lower()})"
    except RuntimeError:
        return "this user has no home folder"
    return ""


def _marker() -> Path:
    return folder() / "complete"


def _used_last_first(above: Path) -> list[Path]:
    """Folders of all versions."""
    return sorted(above.glob(f"{PREFIX}{'[0-9a-f]' * 16}"), key=lambda one: one.stat().st_mtime, reverse=True)


@cache
def _key() -> str:
    """Digest of all that decides about machine code, but for the processor: numba itself tells those apart."""
    return sha256("\n".join(_made_from()).encode()).hexdigest()[:16]


def _made_from() -> Iterator[str]:
    yield f"{sys.implementation.cache_tag} {sys.platform}"
    yield from (f"{name} {version(name)}" for name in MADE_BY)
    yield from sorted(f"{name}={said}" for name, said in os.environ.items() if _changes_code(name))
    for source in sorted(Path(__file__).parent.glob("*.py")):
        yield f"{source.name} {sha256(source.read_bytes()).hexdigest()}"


def _changes_code(name: str) -> bool:
    """Whether a variable may change what numba makes, as NUMBA_BOUNDSCHECK does."""
    return name.startswith("NUMBA_") and name != VARIABLE
