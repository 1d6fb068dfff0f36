"""The environment of Label Studio: where it lies, what is installed, and what happens when that goes wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from guidelint.labelstudio.environment.environment import (
    LABEL_STUDIO_VERSION,
    LOCK,
    PYTHON_VARIABLE,
    UV_LOCK,
    Environment,
    InstallationError,
    cached_environment,
)
from guidelint.labelstudio.environment.server import LabelStudioFailedError, ServerPool

WANTED = f"--require-hashes --requirement {LOCK}"
RECORDER = """#!/bin/sh
echo "$*" >> "{log}"
case "$*" in
  "-m venv"*) mkdir -p "{venv}/bin" && cp "$0" "{venv}/bin/python" ;;
  *"{failing}"*) echo "no such package"; exit 1 ;;
esac
"""
"""Stands in for Python: writes down what it was asked to do."""


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.delenv(PYTHON_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return cached_environment()


def recorder(environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> Path:
    log, script = tmp_path / "asked", tmp_path / "python"
    script.write_text(RECORDER.format(log=log, venv=environment.folder / "venv", failing=failing))
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    return log


def test_the_lock_names_the_release_that_everything_is_tested_against() -> None:
    assert f"label-studio=={LABEL_STUDIO_VERSION} \\" in LOCK.read_text(encoding="utf-8").splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder of Linux: run the tests on Linux")
def test_it_lies_in_the_cache_folder_of_the_user_under_its_version(environment: Environment, tmp_path: Path) -> None:
    assert environment.folder.parent == tmp_path / "guidelint"
    assert LABEL_STUDIO_VERSION in environment.folder.name
    assert not environment.complete


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder of Linux: run the tests on Linux")
def test_other_versions_of_what_label_studio_needs_get_another_folder(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("label-studio==1.23.2 --hash=sha256:00\n", encoding="utf-8")
    monkeypatch.setattr("guidelint.labelstudio.environment.environment.LOCK", other)
    assert cached_environment().folder != environment.folder


def test_an_environment_that_is_named_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PYTHON_VARIABLE, sys.executable)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    named = cached_environment()
    assert named.python == Path(sys.executable)
    assert named.complete
    named.install()
    assert not named.folder.exists()


def test_it_is_installed_with_uv_and_only_once(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = recorder(environment, tmp_path, monkeypatch, failing="nothing-fails")
    environment.install()
    asked = log.read_text().splitlines()
    assert [line for line in asked if WANTED in line] == [asked[-1]]
    assert asked[-1].startswith("-m uv pip install")
    assert [line for line in asked if str(UV_LOCK) in line] == [asked[-2]]
    assert "--require-hashes" in asked[-2]
    assert environment.complete
    environment.install()
    assert log.read_text().splitlines() == asked


def test_where_uv_cannot_be_had_pip_installs_it(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = recorder(environment, tmp_path, monkeypatch, failing=UV_LOCK.name)
    said: list[str] = []
    environment.install(said.append)
    builder, whole = log.read_text().splitlines()[-2:]
    pip, pins = "pip --disable-pip-version-check install", environment.folder / "builder.txt"
    assert builder.endswith(f"{pip} --require-hashes --requirement {pins} --only-binary :all:")
    assert whole.endswith(f"{pip} {WANTED} --no-build-isolation")
    lines = pins.read_text().splitlines()
    assert lines[0].startswith("setuptools==")
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])
    assert len(lines) > 1
    assert any("using pip" in line for line in said)
    assert environment.complete


def test_an_installation_that_fails_says_so_in_the_installers_words_and_is_tried_again(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder(environment, tmp_path, monkeypatch, failing=WANTED)
    with pytest.raises(InstallationError, match="no such package"):
        environment.install()
    assert not environment.complete


def test_a_label_studio_that_cannot_be_loaded_names_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    pool = ServerPool(Path(sys.executable), tmp_path / "empty.sqlite3", log)
    with pytest.raises(LabelStudioFailedError, match=str(log)), pool:
        pytest.fail("a Python without Label Studio was taken for one that has it")
    assert "No module named 'label_studio'" in log.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder of Linux: run the tests on Linux")
def test_what_others_may_have_installed_is_neither_run_nor_added_to(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = recorder(environment, tmp_path, monkeypatch, failing="nothing")
    environment.install()
    assert environment.complete
    log.unlink()
    environment.folder.chmod(0o777)
    assert not environment.complete
    with pytest.raises(InstallationError, match=r"others may write into .* What is installed there would run"):
        environment.install()
    assert not log.exists()
