"""What is told of the newest packages: what moved, what failed, and what to do about it."""

from __future__ import annotations

from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import newest
from locks import UV
from newest import Tried, attempt, locked_versions, moved, report

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LOCKED = {"pyyaml": ["6.0.3"], "scipy": ["1.17.1", "1.18.1"], "rich": ["15.0.0"], "colorama": ["0.4.6"]}
SAME = {"pyyaml": "6.0.3", "scipy": "1.18.1", "rich": "15.0.0", "pip": "26.0"}
PYYAML_MOVED = {**SAME, "pyyaml": "6.0.4"}
BROKEN = """\
.F.
FAILED tests/language/test_fuzz.py::test_a_bomb[deep] - RecursionError: too deep
ERROR tests/rules/test_cases.py - ImportError
2 failed, 1 passed in 3.00s
"""


def test_a_package_moved_when_no_lock_holds_its_newest_version() -> None:
    assert moved(LOCKED, SAME) == []
    assert moved(LOCKED, {**PYYAML_MOVED, "scipy": "1.19.0"}) == [
        "pyyaml 6.0.3 → 6.0.4",
        "scipy 1.17.1 or 1.18.1 → 1.19.0",
    ]


def test_when_all_pass_it_is_told_how_to_move_the_locks() -> None:
    said = report(Tried(0, "3 passed", {**PYYAML_MOVED, "brand-new": "1.0"}), LOCKED, "2026-11-26")
    assert said.splitlines() == [
        "moved: pyyaml 6.0.3 → 6.0.4",
        "new: brand-new 1.0",
        "All unit tests pass with the newest packages. To move the locks: scripts/lock --upgrade",
    ]


def test_when_nothing_moved_it_is_told_that_nothing_is_to_be_done() -> None:
    assert report(Tried(0, "3 passed", SAME), LOCKED, "2026-11-26").splitlines() == [
        "nothing moved: the locks hold the newest of everything",
        "All unit tests pass with the newest packages.",
    ]


def test_a_failure_names_the_tests_the_package_that_moved_and_the_dated_bound() -> None:
    said = report(Tried(1, BROKEN, PYYAML_MOVED), LOCKED, "2026-11-26")
    assert "moved: pyyaml 6.0.3 → 6.0.4" in said
    assert "  tests/language/test_fuzz.py::test_a_bomb[deep]" in said.splitlines()
    assert "  tests/rules/test_cases.py" in said.splitlines()
    assert '"pyyaml<6.0.4",  # 2026-11-26: what broke' in said
    assert "run scripts/lock" in said


def test_packages_that_cannot_be_installed_are_told_in_the_installers_words() -> None:
    said = report(Tried(2, "No solution found:\nnumpy is held by two\n", {}), LOCKED, "2026-11-26")
    assert "  numpy is held by two" in said.splitlines()
    assert "FAILS" in said


def test_the_newest_of_what_pyproject_asks_for_is_installed_and_no_lock_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def said(command: list[str]) -> CompletedProcess[str]:
        commands.append(command)
        return CompletedProcess(command, 0, '{"PyYAML": "6.0.4"}')

    def created(folder: Path) -> Path:
        return folder / "bin"

    monkeypatch.setattr(newest, "_said", said)
    monkeypatch.setattr(newest, "created", created)
    tried = attempt(tmp_path, tmp_path / "guidelint.whl", ["-q", "tests/rules"])
    installer, install, tests, _versions = commands
    assert str(UV) in installer
    assert "pyyaml>=6.0.2" in install
    assert "--require-hashes" not in install
    assert str(tmp_path / "guidelint.whl") in install
    assert "--editable" not in install
    assert tests == [str(tmp_path / "bin/python"), "-m", "pytest", "-q", "tests/rules"]
    assert tried == Tried(0, '{"PyYAML": "6.0.4"}', {"pyyaml": "6.0.4"})


def test_the_locked_versions_are_those_of_what_the_tests_use() -> None:
    versions = locked_versions()
    assert {"pyyaml", "numba", "pytest"} <= versions.keys()
    assert not {"ruff", "monai"} & versions.keys()
