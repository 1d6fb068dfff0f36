"""What scripts install: exact versions, by uv or by pip, once, and again when a lock changes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

import environment
from environment import prepared
from locks import FOLDER, ROOT, UV

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script: run it on Linux")
RECORDER = """#!/bin/sh
echo "$*" >> "{log}"
case "$*" in
  "-m venv"*) mkdir -p "{venv}/bin" && cp "$0" "{venv}/bin/python" ;;
  *"{failing}"*) exit 3 ;;
esac
"""
"""Stands in for Python: writes down what it was asked to do."""
HASHED = "--require-hashes --requirement"
BASE = f"{FOLDER / 'build.txt'} --requirement {FOLDER / 'base.txt'}"
BUILT = f"--build-constraints {FOLDER / 'build.txt'} --build-constraints {FOLDER / 'base.txt'}"
"""uv compares the hashes of what builds a package too."""
PROJECT = f"--no-deps --no-build-isolation --editable {ROOT}"


def recorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str = "nothing fails") -> Path:
    log, script = tmp_path / "asked", tmp_path / "python"
    script.write_text(RECORDER.format(log=log, venv=tmp_path / "venv", failing=failing))
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    return log


def asked(log: Path) -> list[str]:
    lines = log.read_text().splitlines()
    log.write_text("")
    return lines


def test_base_packages_come_first_and_alone_then_only_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = recorder(tmp_path, monkeypatch)
    assert prepared(folder=tmp_path / "venv") == tmp_path / "venv" / "bin"
    with_uv = f"-m uv pip install --quiet --python {tmp_path / 'venv/bin/python'}"
    pip = "-m pip --disable-pip-version-check --quiet install"
    assert asked(log) == [
        f"-m venv {tmp_path / 'venv'}",
        f"{pip} {HASHED} {UV}",
        f"{with_uv} {HASHED} {BASE} {BUILT}",
        f"{with_uv} {PROJECT}",
    ]
    prepared("extras", folder=tmp_path / "venv")
    extras = FOLDER / "extras.txt"
    assert asked(log)[1] == f"{with_uv} {HASHED} {BASE} --requirement {extras} {BUILT} --build-constraints {extras}"
    prepared("extras", folder=tmp_path / "venv")
    assert asked(log) == []


def test_where_uv_cannot_be_had_pip_installs_from_the_same_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = recorder(tmp_path, monkeypatch, failing=UV.name)
    prepared(folder=tmp_path / "venv")
    pip = "-m pip --disable-pip-version-check --quiet install"
    assert asked(log)[2:] == [f"{pip} {HASHED} {BASE} --only-binary :all:", f"{pip} {PROJECT}"]


def test_a_changed_lock_or_project_file_is_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = recorder(tmp_path, monkeypatch)
    prepared("test", folder=tmp_path / "venv")
    assert asked(log)
    for changed in ("base", "test", "guidelint"):
        (tmp_path / "venv" / f"guidelint-{changed}").write_text("what another version was made from")
        prepared("test", folder=tmp_path / "venv")
        assert asked(log)
        prepared("test", folder=tmp_path / "venv")
        assert asked(log) == []


def test_an_installation_that_fails_ends_the_script_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = recorder(tmp_path, monkeypatch, failing="--editable")
    for _ in range(2):
        with pytest.raises(SystemExit) as end:
            prepared(folder=tmp_path / "venv")
        assert end.value.code == 3
        assert asked(log)[-1].endswith(PROJECT)


def test_an_environment_without_the_project_takes_a_wheel_of_it_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = recorder(tmp_path, monkeypatch)
    prepared("extras", folder=tmp_path / "venv", project=False)
    assert not any("--editable" in line for line in asked(log))


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        prepared(folder=tmp_path / "venv")
    assert environment.OLDEST == (3, 11)
