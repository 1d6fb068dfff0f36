"""What is shipped for running the service: the unit passes systemd's own check, and every setting it names is one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

import pytest

from guidelint.cli.app import build_app
from guidelint.service.settings import SECRET_FILE_VARIABLE, STORE_VARIABLE, TOKEN_FILE_VARIABLE

DEPLOY = Path(__file__).parents[2] / "deploy"
SHARED = {STORE_VARIABLE, SECRET_FILE_VARIABLE, TOKEN_FILE_VARIABLE}
"""Settings that several commands have in common."""
UNIT = DEPLOY / "guidelint.service"


def analyze(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Let systemd look at the unit, with a program in its place."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("install systemd, whose systemd-analyze looks at the unit")
    placed = folder / "guidelint.service"
    placed.write_text(UNIT.read_text().replace("/opt/guidelint/bin/guidelint", sys.executable))
    command = [program, *arguments, str(placed)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - systemd's own


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    checked = analyze(tmp_path, "verify", "--man=no")
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_systemd_calls_the_unit_well_protected(tmp_path: Path) -> None:
    """Exposure in tenths, from 0 to 100; a unit without any protection has 96."""
    checked = analyze(tmp_path, "security", "--offline=true", "--threshold=20")
    assert checked.returncode == 0, checked.stdout


def test_the_settings_are_read_by_the_commands() -> None:
    named = re.findall(r"^#?(GUIDELINT_\w+)=", (DEPLOY / "environment").read_text(), re.MULTILINE)
    assert set(named) >= SHARED
    for name in set(named) - SHARED:
        _, command, option = name.lower().split("_", 2)
        (made,) = (item for item in build_app([command]).registered_commands if item.name == command)
        assert made.callback is not None
        assert option in made.callback.__annotations__, name


def test_a_wheel_carries_what_is_shipped() -> None:
    url = json.loads(distribution("guidelint").read_text("direct_url.json") or "{}")
    if url.get("dir_info", {}).get("editable"):
        project = (Path(__file__).parents[2] / "pyproject.toml").read_text()
        assert '[tool.hatch.build.targets.wheel.shared-data]\ndeploy = "share/guidelint"\n' in project
        return
    installed = Path(sysconfig.get_path("data")) / "share" / "guidelint"
    assert {file.name: file.read_bytes() for file in installed.iterdir()} == {
        file.name: file.read_bytes() for file in DEPLOY.iterdir()
    }
