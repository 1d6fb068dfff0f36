"""Options that take one value: of two, none is left out without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, run, write_export

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "twice",
    [
        ("--facts", "images.csv", "--facts=scans/"),
        ("--legend", "a.json", "--legend", "b.json"),
        ("--baseline", "known.json", "--quiet", "--baseline", "other.json"),
        ("-o", "a.txt", "--output", "b.txt"),
    ],
)
def test_a_second_value_is_refused_before_anything_is_judged(twice: tuple[str, ...], tmp_path: Path) -> None:
    result = run("check", GUIDELINE, str(write_export(tmp_path)), *twice)
    assert result.exit_code == 2
    assert not result.stdout
    assert "it takes one value, and is given twice. Leave one of them out" in " ".join(result.stderr.split())
    assert twice[0] in result.stderr


def test_what_takes_several_and_what_takes_none_may_stand_again(tmp_path: Path) -> None:
    twice = ("--ignore", "closed-outline", "--ignore", "area-limits", "-q", "-q")
    result = run("check", GUIDELINE, str(write_export(tmp_path)), *twice)
    assert result.exit_code == 1
    assert "judged without area-limits, closed-outline" in result.output
