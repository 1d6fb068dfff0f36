"""Two checkouts of this project side by side: the same commands, in turn, by the same Python with the same packages."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parents[2]
ROOTS = ("cli", "guidelines", "labelstudio_configs", "validators")
FOUND = 1
"""Exit status of a check that found something."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Modules are compiled once, as they are for users: the least of several does not hold that."""
PROGRAM = """\
import sys
ours, roots = sys.argv[1].split(","), sys.argv[2].split(",")
sys.argv[1:3] = []
sys.path[:] = [path for path in sys.path if path and path not in ours] + roots
from guidelint.cli.__main__ import main
main()
"""


@dataclass(frozen=True, slots=True)
class Pairs:
    """CPU in seconds of one command from another checkout and from this one, run after run."""

    there: tuple[float, ...]
    here: tuple[float, ...]

    @property
    def least(self) -> float:
        """The least of this checkout in terms of the least of the other."""
        return min(self.here) / min(self.there)

    @property
    def middle(self) -> float:
        """The median of the ratios of all pairs."""
        return median(mine / other for mine, other in zip(self.here, self.there, strict=True))


def in_turn(other: Path, arguments: Sequence[str], pairs: int) -> Pairs:
    """Run a command from both checkouts in turn, after once to warm up. Raises RuntimeError when one fails."""
    measured = [(_of(other, arguments), _of(HERE, arguments)) for _ in range(pairs + 1)][1:]
    return Pairs(tuple(there for there, _ in measured), tuple(here for _, here in measured))


def cpu_s(command: Sequence[str]) -> float:
    """User and system CPU of one process. Raises RuntimeError when it fails instead of doing its work."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, env=ENVIRONMENT)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, FOUND} or "Traceback" in done.stderr:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _of(checkout: Path, arguments: Sequence[str]) -> float:
    return cpu_s(("-c", PROGRAM, _roots(HERE), _roots(checkout), *arguments))


def _roots(checkout: Path) -> str:
    return ",".join(str(checkout / root) for root in ROOTS)
