"""What is installed here, as a quality file wants it: versions, machine, and a digest of the sources."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import guidelint
from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGES = ("numpy", "scipy", "shapely", "pillow", "numba")
"""Those that compute."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What computed, where and when."""

    guidelint: str
    sources_sha256: str
    python: str
    platform: str
    processor: str
    packages: dict[str, str | None]
    """Version of each; None when it is not installed."""
    at: str
    """Date and time, UTC."""


def installation() -> Installation:
    """Describe this installation, now."""
    return Installation(
        guidelint=engine_version(),
        sources_sha256=sources_digest(Path(root) for root in guidelint.__path__),
        python=f"{platform.python_version()} ({platform.python_implementation()})",
        platform=platform.platform(),
        processor=platform.machine(),
        packages={name: _version(name) for name in PACKAGES},
        at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
    )


def sources_digest(roots: Iterable[Path]) -> str:
    """SHA-256 over the files below the roots but caches: for each, by its path in the package, path and SHA-256.

    The same sources have the same digest wherever they are installed, in one folder or in several.
    """
    files = {
        path.relative_to(root).as_posix(): path
        for root in roots
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    lines = (f"{sha256(files[name].read_bytes()).hexdigest()}  guidelint/{name}\n" for name in sorted(files))
    return sha256("".join(lines).encode()).hexdigest()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
