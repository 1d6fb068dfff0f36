"""Resolve what pyproject.toml asks for into files of exact versions; say when the two disagree."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from environment import OLDEST, prepared
from locks import ROOT, Layer, alone, committed_layers, disagreements, pins, split, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from locks import Pin

STDIN = "-r -"
"""How uv names the requirements that it reads from its standard input."""


def main() -> None:
    """Renew the locks, or only check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--upgrade", action="store_true", help="take the newest of everything that pyproject.toml allows")
    how.add_argument("--check", action="store_true", help="only tell where pyproject.toml and the locks disagree")
    asked = parser.parse_args()
    if asked.check:
        check((*committed_layers(), *alone()))
    else:
        renew(upgrade=asked.upgrade)


def check(wanted: Sequence[Layer]) -> None:
    """End with 1 and the places when a lock answers other requirements than are asked for; needs no network."""
    found = [line for layer in wanted for line in disagreements(layer)]
    if found:
        sys.exit("\n".join([*found, "Run scripts/lock and commit what it changes."]))
    print("The locks answer what pyproject.toml asks for")


def renew(*, upgrade: bool) -> None:
    """Write every lock anew; what is pinned stays pinned unless it must move or `upgrade` is asked for."""
    uv = [str(prepared() / "python"), "-m", "uv"]
    together = committed_layers()
    resolved = resolve(uv, together, upgrade=upgrade)
    for layer, chosen in zip(together, split(resolved, together), strict=True):
        write(layer, chosen)
    for layer in alone():
        write(layer, resolve(uv, (layer,), upgrade=upgrade))


def resolve(uv: Sequence[str], together: Sequence[Layer], *, upgrade: bool) -> list[Pin]:
    """Find versions that answer all layers at once, for every platform and every Python that guidelint supports."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "resolved.txt"
        known = [layer.path.read_text(encoding="utf-8") for layer in together if layer.path.exists()]
        result.write_text("".join(known), encoding="utf-8")
        wanted = "\n".join(asked for layer in together for asked in layer.asks)
        oldest = ".".join(map(str, OLDEST))
        options = ["--universal", "--generate-hashes", "--no-header", "--python-version", oldest, "--quiet"]
        command = [*uv, "pip", "compile", *options, *["--upgrade"] * upgrade, "--output-file", str(result), "-"]
        done = subprocess.run(command, input=wanted, text=True, cwd=ROOT, check=False)
        if done.returncode != 0:
            sys.exit(done.returncode)
        return pins(result.read_text(encoding="utf-8").replace(STDIN, "guidelint"))
