"""Which rules are changed, as git tells it: those whose mutants are tried without being asked for."""

from __future__ import annotations

import inspect
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule

VARIABLE = "GUIDELINT_MUTANTS"
"""Set to ``all``, the mutants of every rule are tried."""
MAIN_LINES = ("origin/HEAD", "origin/main", "main")


def is_wanted(rule: type[Rule], changed: frozenset[Path]) -> bool:
    """Tell whether the mutants of a rule are to be tried in this run."""
    return os.environ.get(VARIABLE) == "all" or Path(inspect.getfile(rule)).resolve() in changed


def changed_files(folder: Path) -> frozenset[Path]:
    """Files that differ from the main line, or on the main line from the commit before; none outside a git checkout."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    if not top:
        return frozenset()
    since = _base(folder)
    listed = (
        [
            *_git(folder, "diff", "--name-only", since),
            *_git(folder, "ls-files", "--others", "--exclude-standard", "--full-name", ":/"),
        ]
        if since
        else []
    )
    return frozenset(Path(top[0], name).resolve() for name in listed)


def _base(folder: Path) -> str:
    """Find the commit that the work began from; empty when there is none before it."""
    head = _git(folder, "rev-parse", "HEAD")
    for line in MAIN_LINES:
        base = _git(folder, "merge-base", "HEAD", line)
        if base and base != head:
            return base[0]
    return next(iter(_git(folder, "rev-parse", "--verify", "--quiet", "HEAD^")), "")


def _git(folder: Path, *arguments: str) -> list[str]:
    """What git says, line by line; nothing when it fails or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607
    except OSError:
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []
