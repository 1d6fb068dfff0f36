"""`guidelint diff`: two files, a file and its past, in three formats, with the exit status of the number."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run
from tests.edits import edited

from guidelint import api
from guidelint.language.library import source

if TYPE_CHECKING:
    from pathlib import Path

TOLD = """lung-nodule-ct 1.0.0 → 1.1.0

Verdicts may change

  Nodule ≥ 3 mm › diameter-limits: `longest_min_mm` moves from 3 mm to 4 mm (stricter)

Words only

  Nodule ≥ 3 mm: `color` is worded otherwise

The major number must move, since work that was accepted may be returned: 1.1.0 must be 2.0.0 or higher.
"""


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    text = source("lung-nodule-ct@1.0.0")[0]
    edits = {
        "version: 1.0.0": "version: 1.1.0",
        "longest_min_mm: 3": "longest_min_mm: 4",
        "#e53935": "#e53936",
    }
    path = tmp_path / "lung.yaml"
    path.write_text(edited(text, *edits.items()), "utf-8")
    return path


def test_a_number_that_must_move_is_told_and_is_the_exit_status(changed: Path) -> None:
    ran = run("diff", "lung-nodule-ct@1.0.0", str(changed))
    assert (ran.stdout.replace("\N{NO-BREAK SPACE}", " "), ran.exit_code) == (TOLD, 1)
    changed.write_text(changed.read_text("utf-8").replace("1.1.0", "2.0.0"), "utf-8")
    ran = run("diff", "lung-nodule-ct@1.0.0", str(changed))
    assert ran.exit_code == 0
    assert ran.stdout.endswith("since work that was accepted may be returned, and 2.0.0 does.\n")


def test_programs_and_pull_requests_are_told_the_same(changed: Path) -> None:
    found = json.loads(run("diff", "lung-nodule-ct", str(changed), "--format", "json").stdout)
    assert (found["moves"], found["least_version"], found["is_numbered"]) == ("major", "2.0.0", False)
    assert found["changes"][0]["path"] == "classes.nodule.rules.diameter-limits.longest_min_mm"
    page = run("diff", "lung-nodule-ct", str(changed), "--format", "markdown").stdout
    assert "### Verdicts may change\n\n- **Nodule ≥ 3 mm › diameter-limits**: `longest_min_mm` moves" in page


@pytest.mark.filterwarnings("ignore:.*title-contradicts-limit")
def test_python_is_told_the_same(changed: Path) -> None:
    found = api.load(changed).changes_since(api.load("lung-nodule-ct"))
    assert (found.moves, found.is_numbered, len(found.changes)) == ("major", False, 2)
    plan = changed.parent / "plan.json"
    plan.write_text(api.load("lung-nodule-ct").compile()["plan.json"], "utf-8")
    earlier = api.load(plan)
    with pytest.raises(api.GuidelintError, match="loaded from a plan: that does not tell what people read"):
        api.load("lung-nodule-ct").changes_since(earlier)


def test_a_file_is_compared_with_what_it_was(changed: Path) -> None:
    def git(*words: str) -> None:
        me = ["-c", "user.name=me", "-c", "user.email=me@example.org"]
        subprocess.run(["git", "-C", str(changed.parent), *me, *words], check=True, capture_output=True)  # noqa: S603, S607

    git("init")
    git("add", "lung.yaml")
    git("commit", "-m", "first")
    assert "no number need move" in run("diff", str(changed), "--against", "git:HEAD").stdout
    changed.write_text(changed.read_text("utf-8").replace("longest_min_mm: 4", "longest_min_mm: 3.5"), "utf-8")
    ran = run("diff", str(changed), "--against", "git:HEAD")
    assert ran.exit_code == 1  # it was released, and its number stayed
    assert "1.1.0 must be 1.2.0 or higher" in ran.stdout
    ran = run("diff", str(changed), "--against", "git:elsewhere")
    assert (ran.exit_code, "at elsewhere: not a valid object name" in ran.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lung-nodule-ct"], "name two versions"),
        (["lung-nodule-ct", "blood-cells", "--against", "git:main"], "name two versions"),
        (["lung-nodule-ct", "--against", "git:main"], "is of the library"),
        (["x.yaml", "--against", "main"], "x.yaml cannot be read"),
    ],
)
def test_what_cannot_be_compared_is_told(arguments: list[str], said: str) -> None:
    ran = run("diff", *arguments)
    assert (ran.exit_code, said in ran.stderr) == (2, True), ran.stderr


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_two_guidelines_are_no_versions_of_one_unless_somebody_says_so(changed: Path) -> None:
    changed.write_text(changed.read_text("utf-8").replace("guideline: lung-nodule-ct", "guideline: nodules"), "utf-8")
    for command in (("diff",), ("impact",), ("migrate", "-o", "mapped.json")):
        more = () if command == ("diff",) else ("export.json",)
        ran = run(command[0], "lung-nodule-ct@1.0.0", str(changed), *more, *command[1:])
        assert ran.exit_code == 2
        assert "`lung-nodule-ct` and `nodules` are two guidelines" in ran.stderr
    assert run("diff", "lung-nodule-ct@1.0.0", str(changed), "--renamed").exit_code == 1
    with pytest.raises(api.GuidelintError, match="are two guidelines, and no versions of one"):
        api.load(changed).changes_since(api.load("lung-nodule-ct@1.0.0"))
