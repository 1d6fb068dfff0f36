"""A PostgreSQL server for a test, started from the binaries of the machine."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.service.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Generator

VARIABLE = "GUIDELINT_POSTGRESQL"
"""URL of an empty database, where there is a server already."""


def binaries() -> Path | None:
    """Folder of ``initdb`` and ``postgres``; Debian keeps them off the path."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@contextlib.contextmanager
def database() -> Generator[str]:
    """URL of an empty database; skips where there is no server to start."""
    if url := os.environ.get(VARIABLE):
        yield url
        return
    folder = binaries()
    if folder is None:
        pytest.skip(f"install postgresql, or set {VARIABLE} to the URL of an empty database")
    with tempfile.TemporaryDirectory(prefix="guidelint-postgresql-", dir="/tmp") as place:
        yield from _server(folder, Path(place))


def _server(folder: Path, place: Path) -> Generator[str]:
    """PostgreSQL refuses to run as root: then the user that Debian made for it runs it."""
    user = "postgres" if os.getuid() == 0 else None
    if user is not None:
        entry = pwd.getpwnam(user)
        os.chown(place, entry.pw_uid, entry.pw_gid)
    data, port = place / "data", free_port()
    initdb = [str(folder / "initdb"), "-D", str(data), "-U", "guidelint", "--auth=trust", "--no-sync"]
    subprocess.run(initdb, user=user, cwd=place, check=True, capture_output=True)  # noqa: S603 - our own command
    control, log = str(folder / "pg_ctl"), str(place / "log")
    options = f"-p {port} -k {place} -h 127.0.0.1"
    start = [control, "-D", str(data), "-l", log, "-o", options, "-w", "start"]
    subprocess.run(start, user=user, cwd=place, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield f"postgresql://guidelint@127.0.0.1:{port}/postgres"
    finally:
        stop = [control, "-D", str(data), "-m", "immediate", "-w", "stop"]
        subprocess.run(stop, user=user, cwd=place, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
