"""The folder `.venv` with what a script needs; standard library only, so that it runs on a fresh machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)


def prepared(*groups: str, folder: Path = ROOT / ".venv") -> Path:
    """Create or renew a virtual environment with guidelint and dependency groups; its folder of commands."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"guidelint needs Python 3.11 or newer; this is {sys.version.split()[0]}. Run: python3.12 {sys.argv[0]}"
        )
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    python = commands / "python"
    if not python.exists():
        print(f"Creating {folder}", flush=True)
        _create(folder)
    stamp = folder / f"guidelint-{'-'.join(groups) or 'base'}"
    wanted = _digest(groups)
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Installing guidelint" + (f" and what {', '.join(groups)} needs" if groups else ""), flush=True)
        install(python, "-e", f"{ROOT}[all]", *(part for group in groups for part in ("--group", group)))
        stamp.write_text(wanted)
    return commands


def install(python: Path, *what: str) -> None:
    """Install with uv (fast), or with pip where uv cannot be had."""
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    if subprocess.run([*pip, "uv"], check=False).returncode == 0:
        run([str(python), "-m", "uv", "pip", "install", "--quiet", "--python", str(python), *what])
    else:
        run([*pip, "--upgrade", "pip"])  # dependency groups need pip 25.1
        run([*pip, *what])


def run(command: list[str], **variables: str) -> None:
    """Run a command in the root of the project; its failure ends the script with its exit code."""
    status = subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=False).returncode
    if status != 0:
        sys.exit(status)


def _create(folder: Path) -> None:
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False)
    if made.returncode != 0:
        sys.exit("Python could not create a virtual environment. On Debian: apt-get install python3-venv")


def _digest(groups: tuple[str, ...]) -> str:
    """Tell what the environment is made from: it is renewed when the project file or the groups change."""
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + " ".join(groups).encode()).hexdigest()
