"""``check --jobs``: whatever a delivery holds, several processes tell of it what one does, byte for byte."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from tests.checking.crew import Backwards, instead_of_processes
from tests.cli.delivery_file import GUIDELINE, SERIES, TASKS, Json, region, run, task

from guidelint.cli.render.format import IN_TEXT, Format
from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.many

RULES = """\
delivery:
  rules:
    complete-delivery: {}
    identical-shapes: {min_tasks: 3}
    double-work: {}
readers:
  rules:
    overlap-agreement: {min_dice: 0.8}
"""
ANN = {"id": 101, "first_name": "Ann", "last_name": "Lee", "email": "a@b.org"}


@pytest.fixture(autouse=True)
def crews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Backwards]:
    """Small parts, and a crew that is no process."""
    monkeypatch.chdir(tmp_path)
    return instead_of_processes(monkeypatch)


@pytest.fixture
def guideline(tmp_path: Path) -> str:
    """Rules of every kind of subject."""
    path = tmp_path / "guideline.yaml"
    path.write_text(with_part(RULES), encoding="utf-8")
    return str(path)


def delivery(count: int = 12) -> list[Json]:
    """Make tasks of every kind, some of which stand in series, over and over under ids of their own."""
    made = [{**one, "id": 100 * turn + number} for turn in range(2) for number, one in enumerate(TASKS)]
    read = [
        task(number, region(), region(), data={**SERIES, "image": f"{number}.png"}) for number in range(50, 50 + count)
    ]
    for one in read:
        for annotation in one["annotations"]:  # type: ignore[attr-defined]
            annotation["completed_by"] = ANN
    return [*made, *read, *(task(number, data={"image": f"{number}.png"}) for number in (200, 30, 4))]


def as_list(tasks: list[Json]) -> str:
    return "[" + ",\n".join(map(json.dumps, tasks)) + "]"


def same(*arguments: str) -> tuple[str, str]:
    """Check with one process and with two; give what both wrote."""
    one, two = run("check", *arguments), run("check", *arguments, "--jobs", "2")
    assert two.stdout == one.stdout
    assert (two.exit_code, two.stderr) == (one.exit_code, one.stderr)
    return two.stdout, two.stderr


@pytest.mark.parametrize("name", IN_TEXT)
def test_every_format_is_the_same(name: Format, guideline: str, tmp_path: Path, crews: list[Backwards]) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery()), encoding="utf-8")
    same(guideline, "export.json", "-f", name.value)
    assert crews[0].judged > 20


def test_tables_are_the_same(guideline: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.checking.tables.pieces.FULL", 7)
    monkeypatch.setattr("guidelint.checking.tables.batches.FULL", 7)
    (tmp_path / "export.json").write_text(as_list(delivery()), encoding="utf-8")
    for jobs in ("1", "2"):
        run("check", guideline, "export.json", "-f", "parquet", "-o", f"tables{jobs}", "--jobs", jobs)
    for name in ("verdicts", "findings"):
        one, two = ((tmp_path / f"tables{jobs}" / f"{name}.parquet").read_bytes() for jobs in "12")
        assert one == two


DAMAGED: dict[str, Callable[[str], str]] = {
    "a record that is no JSON": lambda text: text.replace('"id": 103', '"id": 103 103'),
    "a quotation mark is missing": lambda text: text.replace(
        '"polygonlabels": ["Lesion"]', '"polygonlabels": ["Lesion]', 1
    ),
    "an object that never closes": lambda text: text.replace('"completed_by": 101', '"completed_by": {', 3),
    "something between two records": lambda text: text.replace(",\n", ", null,\n"),
    "cut off": lambda text: text[: len(text) * 2 // 3],
    "one on each line": lambda text: text[1:-1].replace(",\n", "\n"),
    "two lists": lambda text: text.replace(",\n", "],\n[", 9),
    "records of another kind": lambda text: '[{"image": "a", "choice": "b"},' * 1 + text[1:],
    "letters of many bytes": lambda text: text.replace('"closed": true', '"closed": true, "note": "ä→𝄞"'),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=list(DAMAGED))
def test_damage_is_told_the_same(damage: Callable[[str], str], guideline: str, tmp_path: Path) -> None:
    text = damage(as_list(delivery(4)))
    (tmp_path / "export.json").write_text(text, encoding="utf-8")
    same(guideline, "export.json", "-f", "sarif")
    same(guideline, "export.json", "-f", "full")


def test_files_of_all_kinds_are_told_the_same(guideline: str, tmp_path: Path) -> None:
    text = as_list(delivery(3))
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(text.replace('"image": "5', '"image": "other/5').encode()))
    (tmp_path / "c.json").write_text("[]", encoding="utf-8")
    (tmp_path / "d.json").write_text('{"images": [], "annotations": [], "categories": []}', encoding="utf-8")
    (tmp_path / "e.json").write_bytes(as_list(delivery(2)).encode("utf-16"))
    (tmp_path / "f.json").write_text("\x89PNG", encoding="utf-8")
    written, _ = same(guideline, ".", "-f", "jsonl")
    assert "of other/5" in written
    same(guideline, "a.json", "no.json", "a.json", "c.json", "-f", "csv")


def test_tasks_of_one_id_are_told_apart_as_before(guideline: str, tmp_path: Path) -> None:
    for name, project in (("a", 1), ("b", 2), ("c", 1)):
        tasks = [{**one, "project": project} for one in delivery(5)]
        (tmp_path / f"{name}.json").write_text(as_list(tasks), encoding="utf-8")
    written, _ = same(guideline, "a.json", "b.json", "c.json", "-f", "jsonl")
    assert "of project 2" in written
    assert '"repeated": {"total": 0' not in written


@pytest.mark.parametrize("most", ["0", "1", "7", "30", "10000"])
def test_as_many_findings_are_shown(most: str, guideline: str, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery()), encoding="utf-8")
    same(guideline, "export.json", "-f", "json", "--max-findings", most)


def test_baselines_are_compared_and_written_the_same(guideline: str, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery()), encoding="utf-8")
    for jobs in ("1", "2"):
        run("check", guideline, "export.json", "--write-baseline", f"known{jobs}", "--jobs", jobs)
    assert (tmp_path / "known1").read_bytes() == (tmp_path / "known2").read_bytes()
    lines = (tmp_path / "known1").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "some").write_text("".join(lines[:1] + lines[1::2]), encoding="utf-8")
    same(guideline, "export.json", "--baseline", "some", "-f", "json")


def test_what_is_expected_is_missed_the_same(guideline: str, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery()), encoding="utf-8")
    (tmp_path / "list.txt").write_text("\n".join(map(str, range(40, 70))), encoding="utf-8")
    same(guideline, "export.json", "--expect", "list.txt", "--complete", "-f", "json")


def test_facts_and_schemas_are_used_the_same(guideline: str, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery()), encoding="utf-8")
    rows = "".join(f"{number}.png,CT\n" for number in range(50, 60))
    (tmp_path / "facts.csv").write_text(f"image,Modality\n{rows}x.png,CT\n", encoding="utf-8")
    same(guideline, "export.json", "--facts", "facts.csv", "--schema", "-f", "json")


def test_a_row_that_fits_two_images_is_told_the_same(guideline: str, tmp_path: Path) -> None:
    named = ["a/x.png", "b/x.png", "c/b/x.png", "x.png", "b/x.png"]
    tasks = [task(number, region(), data={"image": name}) for number, name in enumerate(named, start=1)]
    (tmp_path / "export.json").write_text(as_list(tasks), encoding="utf-8")
    (tmp_path / "facts.csv").write_text("image,Modality\nx.png,CT\n", encoding="utf-8")
    same(guideline, "export.json", "--facts", "facts.csv", "-f", "json")


def test_only_some_of_the_work_is_told_the_same(guideline: str, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery()), encoding="utf-8")
    same(guideline, "export.json", "--annotator", "Ann Lee", "--ignore", "closed-outline", "--class", "lesion")


def test_several_guidelines_judge_the_same(guideline: str, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery()), encoding="utf-8")
    same(guideline, "export.json", "--also", GUIDELINE, "-f", "json")
