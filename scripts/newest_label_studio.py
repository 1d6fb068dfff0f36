"""Install the newest Label Studio that the package index has, see whether the layout holds there, tell what failed.

`python scripts/newest_label_studio.py FOLDER [PYTEST ARGUMENT…]`. Where nothing is newer than what is supported it says
so and ends. What others released never turns a run red. `GUIDELINT_WITHOUT_NEWEST_LABEL_STUDIO=1` leaves it out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from environment import created
from guidelint.labelstudio.environment.environment import LABEL_STUDIO_VERSION, PYTHON_VARIABLE
from locks import ROOT
from newest import Tried

WITHOUT = "GUIDELINT_WITHOUT_NEWEST_LABEL_STUDIO"
NAME = "label-studio"
_UV = [sys.executable, "-m", "uv", "pip"]
_RESOLVED = re.compile(rf"^{NAME}==(\S+)", re.MULTILINE)


def newest_version(folder: Path) -> str | None:
    """Ask the package index for the newest release; None: it does not say."""
    asked = folder.with_suffix(".in")
    asked.parent.mkdir(parents=True, exist_ok=True)
    asked.write_text(f"{NAME}\n", encoding="utf-8")
    answer = _said([*_UV, "compile", "--quiet", "--no-header", "--no-deps", str(asked)])
    found = _RESOLVED.search(answer.stdout) if answer.returncode == 0 else None
    return found[1] if found else None


def attempt(folder: Path, version: str, arguments: list[str]) -> Tried:
    """Install one release into a fresh environment and run pytest against it, its screenshots beside it."""
    python = created(folder) / "python"
    installed = _said([*_UV, "install", "--quiet", "--python", str(python), f"{NAME}=={version}"])
    if installed.returncode != 0:
        return Tried(installed.returncode, installed.stdout, {NAME: version})
    own = {
        PYTHON_VARIABLE: str(python),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "GUIDELINT_ARTIFACTS": os.environ.get("GUIDELINT_ARTIFACTS", "artifacts") + f"/{NAME}-{version}",
    }
    tests = _said([sys.executable, "-m", "pytest", *arguments], **own)
    return Tried(tests.returncode, tests.stdout, {NAME: version})


def report(tried: Tried) -> str:
    """Tell what came of it and what to do."""
    version = tried.newest[NAME]
    what = f"{NAME} {version} (supported: {LABEL_STUDIO_VERSION})"
    if tried.status == 0:
        return f"{what}: the layout holds. To move to it: LABEL_STUDIO_VERSION, then scripts/lock --upgrade"
    first = tried.failed[:20] or tried.output.splitlines()[-20:]
    return "\n".join(
        [
            f"WITH {what} THIS FAILS (the run stays green, since {LABEL_STUDIO_VERSION} is what is installed):",
            *(f"  {line}" for line in first),
            "Remedy: look at the screenshots; mend the style sheet (config_style.py) so that it holds in both.",
        ]
    )


def said(folder: Path, arguments: list[str]) -> str:
    """Do it unless it is left out or there is nothing to do; what to tell."""
    if os.environ.get(WITHOUT):
        return f"left out: {WITHOUT} is set"
    version = newest_version(folder)
    if version is None:
        return f"the package index does not tell the newest {NAME}: not tried"
    if version == LABEL_STUDIO_VERSION:
        return f"nothing to try: the newest {NAME} is the supported one, {version}"
    return report(attempt(folder, version, arguments))


def _said(command: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    print(said(Path(sys.argv[1]), sys.argv[2:]))
