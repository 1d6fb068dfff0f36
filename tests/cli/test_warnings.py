"""Warnings about a guideline: shown where it is compiled, refused with --strict, mentioned where it judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, run

from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = with_part("rules: {}\n")


@pytest.fixture
def unwise(tmp_path: Path) -> str:
    path = tmp_path / "unwise.yaml"
    path.write_text(EMPTY)
    return str(path)


def test_compile_shows_warnings_and_writes_all_the_same(unwise: str, tmp_path: Path) -> None:
    result = run("compile", unwise, "--output", str(tmp_path))
    assert result.exit_code == 0
    assert f"{unwise}:10:1: warning: empty-section: `rules` is written" in result.stderr
    assert "Fill it, or delete it." in result.stderr
    assert (tmp_path / "example" / "1.0.0" / "plan.json").exists()
    assert "empty-section" not in result.stdout


def test_compile_check_shows_them_too_and_stays_green(unwise: str, tmp_path: Path) -> None:
    run("compile", unwise, "--output", str(tmp_path))
    result = run("compile", unwise, "--output", str(tmp_path), "--check")
    assert result.exit_code == 0
    assert "warning: empty-section" in result.stderr


def test_strict_refuses_a_guideline_with_warnings_and_no_other(unwise: str, tmp_path: Path) -> None:
    result = run("compile", unwise, "--output", str(tmp_path), "--strict")
    assert result.exit_code == 2
    assert "warning: empty-section" in result.stderr
    assert not (tmp_path / "example").exists()
    assert run("compile", GUIDELINE, "--output", str(tmp_path), "--strict").exit_code == 0


def test_check_mentions_them_in_a_line(unwise: str, tmp_path: Path) -> None:
    export = tmp_path / "export.json"
    export.write_text("[]")
    line = f"guidelint: {unwise}: 1 warning; `guidelint compile {unwise}` shows them"
    assert line in run("check", unwise, str(export)).stderr.splitlines()
    assert "warning" not in run("check", unwise, str(export), "--quiet").stderr
    assert "warning" not in run("check", GUIDELINE, str(export)).stderr
