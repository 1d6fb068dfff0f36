"""A guideline as it stood at a revision of the Git repository that its file lies in."""

from __future__ import annotations

import io
import subprocess
import tarfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from guidelint.language.library import NoSuchGuidelineError, find_loaded, is_path

if TYPE_CHECKING:
    from collections.abc import Generator

    from guidelint.language.loaded import Loaded

GIT: Final = "git:"
"""Begins what names a revision: ``git:main``."""


def loaded_at(what: str, against: str) -> Loaded:
    """Load the guideline of a file as it stood at ``git:REV``, with the pictures and the base that lay beside it.

    Raises NoSuchGuidelineError or GuidelineProblems.
    """
    revision = against.removeprefix(GIT)
    if not against.startswith(GIT) or not revision or revision.startswith("-"):
        raise NoSuchGuidelineError(f"`{against}` names no revision; write `git:` and a branch, tag or commit: git:main")
    if not is_path(what):
        raise NoSuchGuidelineError(f"`{what}` is of the library, and lies in no repository; name two versions of it")
    file = Path(what)
    with _folder_at(file.parent, revision) as folder:
        if not (folder / file.name).is_file():
            raise NoSuchGuidelineError(f"there is no {what} at {against}")
        return find_loaded(str(folder / file.name))


@contextmanager
def _folder_at(folder: Path, revision: str) -> Generator[Path]:
    """Put a folder as it was into one that is gone afterwards. Raises NoSuchGuidelineError."""
    command = ["git", "-C", str(folder), "archive", "--format=tar", revision, "."]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell, and no option
    except OSError as error:
        raise NoSuchGuidelineError("`git` is not installed, which knows what a revision holds") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise NoSuchGuidelineError(f"Git cannot read {folder} at {revision}: {said}")
    with TemporaryDirectory(prefix="guidelint-") as made:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(made, filter="data")
        yield Path(made)
