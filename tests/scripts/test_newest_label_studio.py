"""What is told of the newest Label Studio, and that nothing is installed where there is nothing to try."""

from __future__ import annotations

from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import pytest

import newest_label_studio
from guidelint.labelstudio.environment.environment import LABEL_STUDIO_VERSION
from newest import Tried
from newest_label_studio import WITHOUT, attempt, newest_version, report, said

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "FAILED tests/journeys/test_layout.py::test_the_whole[tall-1280x900] - assert 1.05 == 1\n1 failed in 3.00s\n"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What would be run; the package index answers with release 9.9.9."""
    monkeypatch.delenv(WITHOUT, raising=False)
    monkeypatch.delenv("GUIDELINT_ARTIFACTS", raising=False)
    kept: list[tuple[list[str], dict[str, str]]] = []

    def answer(command: list[str], **variables: str) -> CompletedProcess[str]:
        kept.append((command, variables))
        return CompletedProcess(command, 0, "label-studio==9.9.9\n    # via -r x.in\n")

    def created(folder: Path) -> Path:
        return folder / "bin"

    monkeypatch.setattr(newest_label_studio, "_said", answer)
    monkeypatch.setattr(newest_label_studio, "created", created)
    return kept


Commands = list[tuple[list[str], dict[str, str]]]


def test_a_newer_release_is_installed_apart_and_the_tests_run_against_it(tmp_path: Path, commands: Commands) -> None:
    told = said(tmp_path / "venv", ["-q", "tests/journeys/test_layout.py"])
    (ask, _), (install, _), (tests, variables) = commands
    assert "compile" in ask
    assert install[-1] == "label-studio==9.9.9"
    assert tests[1:] == ["-m", "pytest", "-q", "tests/journeys/test_layout.py"]
    assert variables == {
        "GUIDELINT_LABEL_STUDIO_PYTHON": str(tmp_path / "venv" / "bin" / "python"),
        "XDG_CACHE_HOME": str(tmp_path / "venv" / "cache"),
        "GUIDELINT_ARTIFACTS": "artifacts/label-studio-9.9.9",
    }
    assert told.startswith(f"label-studio 9.9.9 (supported: {LABEL_STUDIO_VERSION}): the layout holds.")


def test_where_nothing_is_newer_nothing_is_installed(
    tmp_path: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest_label_studio, "LABEL_STUDIO_VERSION", "9.9.9")
    assert said(tmp_path / "venv", []) == "nothing to try: the newest label-studio is the supported one, 9.9.9"
    assert len(commands) == 1


def test_it_can_be_left_out(tmp_path: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WITHOUT, "1")
    assert said(tmp_path / "venv", []) == f"left out: {WITHOUT} is set"
    assert commands == []


def test_an_index_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(command: list[str]) -> CompletedProcess[str]:
        return CompletedProcess(command, 2, "error: no connection")

    monkeypatch.delenv(WITHOUT, raising=False)
    monkeypatch.setattr(newest_label_studio, "_said", silent)
    assert newest_version(tmp_path / "venv") is None
    assert said(tmp_path / "venv", []) == "the package index does not tell the newest label-studio: not tried"


def test_what_cannot_be_installed_is_told_in_the_installers_words(
    tmp_path: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(command: list[str], **_variables: str) -> CompletedProcess[str]:
        return CompletedProcess(command, 1, "No solution found:\nit needs another Python\n")

    monkeypatch.setattr(newest_label_studio, "_said", refused)
    told = report(attempt(tmp_path / "venv", "9.9.9", []))
    assert "  it needs another Python" in told.splitlines()
    assert commands == []


def test_a_failure_names_the_tests_and_the_remedy() -> None:
    told = report(Tried(1, BROKEN, {"label-studio": "9.9.9"}))
    assert told.startswith("WITH label-studio 9.9.9")
    assert "  tests/journeys/test_layout.py::test_the_whole[tall-1280x900]" in told.splitlines()
    assert "config_style.py" in told
