"""What several files say of one task: their order decides nothing, and no reading takes the place of another."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import region, run, task
from tests.cli.test_check_readers import WIDER, guideline, on_tasks

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.delivery_file import Json

COMPLETE = "delivery:\n  rules:\n    complete-delivery: {}\n"


def files(folder: Path, *deliveries: list[Json]) -> list[str]:
    paths = [folder / f"{number}.json" for number, _ in enumerate(deliveries)]
    for path, tasks in zip(paths, deliveries, strict=True):
        path.write_text(json.dumps(tasks), encoding="utf-8")
    return list(map(str, paths))


def decided(folder: Path, paths: list[str], part: str = "") -> list[list[str]]:
    """Decisions on tasks (and on the delivery), for every order of the files."""
    rules = guideline(folder, part) if part else guideline(folder)
    found: list[list[str]] = []
    for order in itertools.permutations(paths):
        text = run("check", rules, *order, "-f", "jsonl").stdout
        told = [json.loads(line) for line in text.splitlines()]
        found.append(
            sorted(
                line["decision"]
                for line in told
                if line["type"] == "verdict" and line["subject"]["kind"] != "submission"
            )
        )
    return found


def at(one: Json, moment: str) -> Json:
    for item in one["annotations"]:  # type: ignore[attr-defined]
        item["updated_at"] = moment
    return one


@pytest.mark.parametrize("timed", [True, False])
def test_the_order_of_two_versions_decides_nothing(tmp_path: Path, timed: bool) -> None:  # noqa: FBT001 - a case
    apart, alike = task(1, region(), region(WIDER)), task(1, region(), region())
    if timed:
        apart, alike = at(apart, "2026-11-26T10:00:00Z"), at(alike, "2026-11-26T11:00:00Z")
    one, other = decided(tmp_path, files(tmp_path, [apart], [alike]))
    assert one == other
    if timed:
        assert one == ["accepted"], "the later version counts"


def test_annotations_without_ids_do_not_replace_each_other(tmp_path: Path) -> None:
    apart, third = task(1, region(), region(WIDER)), task(1, region(WIDER))
    for item in (*apart["annotations"], *third["annotations"]):  # type: ignore[misc]
        del item["id"]
    third["annotations"][0]["completed_by"] = 103  # type: ignore[index]
    assert decided(tmp_path, files(tmp_path, [apart], [third])) == [["returned"]] * 2


def test_tasks_of_one_id_in_two_projects_are_two_tasks(tmp_path: Path) -> None:
    one, other = {**task(1, region()), "project": 1}, {**task(1, region()), "project": 2}
    other["annotations"][0] |= {"id": 99, "completed_by": 102}  # type: ignore[index]
    paths = files(tmp_path, [one], [other])
    assert decided(tmp_path, paths) == [["returned", "returned"]] * 2, "each has one reader"
    found = on_tasks(run("check", guideline(tmp_path), *paths, "-f", "jsonl").stdout)
    assert set(found) == {"1", "1 of project 2"}


def test_a_task_is_complete_when_any_file_says_so(tmp_path: Path) -> None:
    empty, read = {**task(1, region()), "annotations": []}, task(1, region())
    assert decided(tmp_path, files(tmp_path, [empty], [read]), COMPLETE) == [["accepted"]] * 2
