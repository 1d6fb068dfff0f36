"""A Python environment of its own for Label Studio, installed from PyPI once and kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.geometry.kernels.cache_folder import cache_folder
from guidelint.geometry.kernels.own_folder import why_not_own

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LABEL_STUDIO_VERSION = "1.23.2"
"""The release everything here is written and tested against."""

PYTHON_VARIABLE = "GUIDELINT_LABEL_STUDIO_PYTHON"
"""Names the Python of an environment that already has Label Studio; nothing is installed then."""

LOCK = Path(__file__).with_name("label_studio.txt")
"""That release and all it needs, in exact versions with hashes: what was tried is what is installed."""

UV_LOCK = Path(__file__).with_name("uv.txt")
"""The installer, in one exact version with hashes."""

BUILDER = "setuptools"
"""Builds those packages of the lock that are published as source alone."""

_LAST_LINES = 15


class InstallationError(RuntimeError):
    """Something could not be installed; the message holds the installer's last words."""


@dataclass(frozen=True)
class Environment:
    """A folder for one release of Label Studio: its Python and its migrated, empty database."""

    folder: Path
    python: Path

    @property
    def complete(self) -> bool:
        """Whether an earlier installation came to its end."""
        if not self._own:
            return self.python.exists()
        return self.python.exists() and self._marker.exists() and not why_not_own(self.folder)

    @property
    def empty_database(self) -> Path:
        """A migrated SQLite file without users, made at the first start."""
        return self.folder / "empty.sqlite3"

    @property
    def _marker(self) -> Path:
        return self.folder / "complete"

    @property
    def _own(self) -> bool:
        return self.python.is_relative_to(self.folder)

    def install(self, on_line: Callable[[str], None] = lambda _line: None) -> None:
        """Install Label Studio unless it is there; `on_line` hears the installers' lines.

        uv does in 15 s what takes pip 70 s on two cores; where uv cannot be had, pip does it. What builds a package has
        its hash in the lock as well; pip would not compare that, and so gets it beforehand.
        """
        if self.complete:
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if reason := why_not_own(self.folder):
            raise InstallationError(f"{reason}. What is installed there would run: name a folder with XDG_CACHE_HOME")
        venv = self.folder / "venv"
        run_installer([sys.executable, "-m", "venv", "--clear", str(venv)], on_line)
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "install"]
        try:
            run_installer([*pip, *_exactly(UV_LOCK)], on_line)
            with_uv = [str(self.python), "-m", "uv", "pip", "install", "--python", str(self.python)]
            run_installer([*with_uv, *_exactly(LOCK), "--build-constraints", str(LOCK)], on_line)
        except InstallationError as error:
            on_line(f"uv did not do it, using pip: {str(error).splitlines()[-1]}")
            builder = self.folder / "builder.txt"
            builder.write_text(_pin_of(BUILDER), encoding="utf-8")
            run_installer([*pip, *_exactly(builder), "--only-binary", ":all:"], on_line)
            run_installer([*pip, *_exactly(LOCK), "--no-build-isolation"], on_line)
        self._marker.write_text(f"label-studio=={LABEL_STUDIO_VERSION}\n", encoding="utf-8")


def cached_environment() -> Environment:
    """Take the environment GUIDELINT_LABEL_STUDIO_PYTHON names, else the one in the user's cache folder."""
    locked = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:8]
    tag = f"label-studio-{LABEL_STUDIO_VERSION}-py{sys.version_info.major}{sys.version_info.minor}-{locked}"
    folder = cache_folder() / tag
    if named := os.environ.get(PYTHON_VARIABLE):
        return Environment(cache_folder() / f"label-studio-{LABEL_STUDIO_VERSION}-given", Path(named))
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return Environment(folder, folder.joinpath("venv", *inside))


def _exactly(lock: Path) -> list[str]:
    return ["--require-hashes", "--requirement", str(lock)]


def _pin_of(name: str) -> str:
    """Take one package out of the lock, with its hashes."""
    found = re.search(rf"^{name}==.*(?:\n +--hash.*)*", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None  # noqa: S101 - a test reads the lock
    return f"{found[0]}\n"


def run_installer(command: Sequence[str], on_line: Callable[[str], None]) -> None:
    """Run an installer and pass on what it says; raises InstallationError with its last words."""
    last: deque[str] = deque(maxlen=_LAST_LINES)
    process = subprocess.Popen(  # noqa: S603 - our own Python and fixed arguments
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if process.stdout is not None:
        with process.stdout as lines:
            for line in lines:
                last.append(line.rstrip())
                on_line(line.rstrip())
    if process.wait() != 0:
        raise InstallationError(f"{' '.join(command[:4])} … ended with {process.returncode}:\n" + "\n".join(last))
