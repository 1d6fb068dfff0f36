"""The folder `.venv` with what a script needs, in exact versions; standard library only, for a fresh machine.

`python scripts/environment.py [--folder FOLDER] [--no-project] LAYER…` does the same from a shell; the layers are the
files in `locks/`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from locks import FOLDER, ROOT, UV

OLDEST = (3, 11)
VENV = ROOT / ".venv"
_BUILDS_NOTHING = ["--only-binary", ":all:"]
ALWAYS = ("build", "base")
"""Layers without which guidelint does not run."""


def prepared(*layers: str, folder: Path = VENV, project: bool = True) -> Path:
    """Create or renew a virtual environment with layers of packages and guidelint; its folder of commands."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"guidelint needs Python 3.11 or newer; this is {sys.version.split()[0]}. Run: python3.12 {sys.argv[0]}"
        )
    commands = created(folder)
    wanted = {layer: _digest(FOLDER / f"{layer}.txt") for layer in (*ALWAYS, *layers)}
    if project:
        wanted["guidelint"] = _digest(ROOT / "pyproject.toml")
    missing = [layer for layer, digest in wanted.items() if _stamped(folder, layer) != digest]
    if missing:
        print(f"Installing: {', '.join(missing)}", flush=True)
        locks = [FOLDER / f"{layer}.txt" for layer in wanted if layer != "guidelint"]
        install(commands / "python", locks, project="guidelint" in missing)
        for layer in missing:
            _stamp(folder, layer).write_text(wanted[layer], encoding="utf-8")
    return commands


def created(folder: Path) -> Path:
    """Create a virtual environment unless it is there; its folder of commands."""
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (commands / "python").exists():
        print(f"Creating {folder}", flush=True)
        _create(folder)
    return commands


def install(python: Path, locks: list[Path], *, project: bool) -> None:
    """Install what the locks say with uv (fast), or with pip where uv cannot be had; no hash is taken on trust.

    What builds a package is locked as well: uv compares its hashes, and pip, which would not, builds nothing.
    """
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    with_uv = [str(python), "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    has_uv = subprocess.run([*pip, *_exactly([UV])], check=False).returncode == 0
    installer = with_uv if has_uv else pip
    built = [part for lock in locks for part in ("--build-constraints", str(lock))] if has_uv else _BUILDS_NOTHING
    run([*installer, *_exactly(locks), *built])
    if project:
        run([*installer, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def run(command: list[str], **variables: str) -> None:
    """Run a command in the root of the project; its failure ends the script with its exit code."""
    status = subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=False).returncode
    if status != 0:
        sys.exit(status)


def _exactly(locks: list[Path]) -> list[str]:
    return ["--require-hashes", *(part for lock in locks for part in ("--requirement", str(lock)))]


def _create(folder: Path) -> None:
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False)
    if made.returncode != 0:
        sys.exit("Python could not create a virtual environment. On Debian: apt-get install python3-venv")


def _digest(file: Path) -> str:
    """Tell what a layer is made from: it is installed again when its file changes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _stamp(folder: Path, layer: str) -> Path:
    return folder / f"guidelint-{layer}"


def _stamped(folder: Path, layer: str) -> str:
    stamp = _stamp(folder, layer)
    return stamp.read_text(encoding="utf-8") if stamp.exists() else ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layers", nargs="*", help="files in locks/, without .txt")
    parser.add_argument("--folder", type=Path, default=VENV, help="where the environment lies")
    parser.add_argument("--no-project", action="store_true", help="without guidelint itself")
    asked = parser.parse_args()
    prepared(*asked.layers, folder=asked.folder, project=not asked.no_project)
