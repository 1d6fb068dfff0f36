"""The service on a real Label Studio: loop, sweep, escalation, return to the queue, and how long Submit takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import sqlalchemy as sa
from tests.journeys.browser import PATIENCE_S
from tests.journeys.guided import Guided, guided
from tests.journeys.server import LabelStudio, Person, call
from tests.service import serve_patiently

from guidelint.language.library import find
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.tables import annotation_rows, requeues, tasks, verdicts

pytestmark = pytest.mark.label_studio

PICTURE = {"image": "/static/images/favicon.ico", "image_height": 480, "image_width": 640}
SILENCE_S = 12.0
"""A sweep every second in it: what is silent for a dozen of them, stays so."""
Result = Sequence[Mapping[str, object]]


def boxes(*, doubtful: bool = False, contradictory: bool = False) -> Result:
    """One red cell; perhaps not sure, perhaps with the answer that there is nothing to mark."""
    frame = {"original_width": 640, "original_height": 480, "image_rotation": 0}
    place = {"x": 10, "y": 10, "width": 10, "height": 12, "rotation": 0}
    one: dict[str, object] = {
        **frame,
        "id": "cell-1",
        "from_name": "rectangle",
        "to_name": "image",
        "type": "rectanglelabels",
        "value": {**place, "rectanglelabels": ["red-cell"]},
        "origin": "manual",
    }
    doubt = {**one, "from_name": "certainty", "type": "choices", "value": {**place, "choices": ["not-sure"]}}
    nothing = {
        "id": "answer-1",
        "from_name": "nothing-to-mark",
        "to_name": "image",
        "type": "choices",
        "value": {"choices": ["no-cells"]},
    }
    return [one, *([doubt] if doubtful else []), *([nothing] if contradictory else [])]


GOOD, RETURNED, DOUBTFUL = boxes(), boxes(contradictory=True), boxes(doubtful=True)


def pictures(setup: Guided, count: int) -> list[int]:
    return setup.studio.tasks(setup.project, [dict(PICTURE) for _ in range(count)])


def data(setup: Guided, task: int) -> dict[str, Any]:
    found: dict[str, Any] = setup.studio.task(task)["data"]
    return found


def rows(setup: Guided, table: sa.Table) -> list[dict[str, Any]]:
    engine = open_store(store_url(str(setup.service.store)))
    with read_only(engine) as connection:
        found = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
    engine.dispose()
    return found


def wait_for(setup: Guided, task: int, status: str, within_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + within_s
    while setup.status(task) != status:
        assert time.monotonic() < deadline, (status, data(setup, task))
        time.sleep(0.1)


def next_task(project: int, person: Person) -> dict[str, Any] | None:
    """What the label stream shows a person next."""
    answer = person.api.get(f"/api/projects/{project}/next")
    found: dict[str, Any] | None = answer.json() if answer.is_success else None
    return found


def test_one_submission_gives_one_verdict_one_write_back_and_silence(label_studio: LabelStudio, tmp_path: Path) -> None:
    with guided(label_studio, tmp_path, "blood-cells", ["--sweep-every", "1"]) as setup:
        (task,) = pictures(setup, 1)
        label_studio.submit(task, GOOD)
        wait_for(setup, task, "accepted")
        time.sleep(2)
        before = label_studio.task(task)
        time.sleep(SILENCE_S)
        after = label_studio.task(task)
        assert after["updated_at"] == before["updated_at"]
        assert len(rows(setup, verdicts)) == 1
        assert [row["writes"] for row in rows(setup, tasks)] == [1]


def test_a_sweep_finds_imports_drafts_and_deletions(label_studio: LabelStudio, tmp_path: Path) -> None:
    with guided(label_studio, tmp_path, "blood-cells", ["--sweep-every", "0"]) as setup:
        handed_in = [{"data": dict(PICTURE), "annotations": [{"result": result}]} for result in (GOOD, RETURNED)]
        call(label_studio.api, "POST", f"/api/projects/{setup.project}/import", handed_in)
        sweep = ("sweep", label_studio.url, "--store", str(setup.service.store))
        assert "0 left" in setup.run(*sweep)
        listed = call(label_studio.api, "GET", f"/api/tasks?project={setup.project}&fields=all")["tasks"]
        assert sorted(task["data"]["gl_status"] for task in listed) == ["accepted", "returned"]
        first = listed[0]["annotations"][0]["id"]
        call(label_studio.api, "POST", f"/api/annotations/{first}/convert-to-draft")
        assert "1 to deal with" in setup.run(*sweep)
        assert setup.status(listed[0]["id"]) == ""
        assert "0 to deal with" in setup.run(*sweep)
        call(label_studio.api, "DELETE", f"/api/projects/{setup.project}/tasks/")
        assert "1 to deal with" in setup.run(*sweep, "--full")
        assert not any(row["is_current"] for row in rows(setup, verdicts))


def test_the_second_reader_of_escalated_work_learns_nothing_of_the_first(
    label_studio: LabelStudio, tmp_path: Path
) -> None:
    with guided(label_studio, tmp_path, "blood-cells", ["--open-after", "30"]) as setup:
        (task,) = pictures(setup, 1)
        first, second = label_studio.join("first"), label_studio.join("second")
        label_studio.submit(task, DOUBTFUL, by=first)
        wait_for(setup, task, "being read")
        assert "haematologist will look at this within 72 h" in data(setup, task)["gl_verdict_md"]
        assert next_task(setup.project, second) is None
        deadline = time.monotonic() + PATIENCE_S
        while (shown := next_task(setup.project, second)) is None:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert shown["id"] == task
        assert "on your own" in shown["data"]["gl_verdict_md"]
        told = " ".join(text for key, text in shown["data"].items() if key.startswith("gl_") and key != "gl_waits_for")
        assert shown["data"]["gl_waits_for"] == "Haematologist"
        assert not any(word in told.lower() for word in ("escalated", "haematologist", "not sure", "red cell"))
        assert next_task(setup.project, first) is None
        label_studio.submit(task, GOOD, by=second)
        third = label_studio.join("third")
        deadline = time.monotonic() + PATIENCE_S
        while "Accepted" not in data(setup, task)["gl_verdict_md"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert next_task(setup.project, third) is None
        assert setup.status(task) == "escalated"
        assert data(setup, task)["gl_by_rules"] == "uncertain-escalates"


def test_returned_work_goes_back_to_the_queue_of_its_annotator_prefilled(
    label_studio: LabelStudio, tmp_path: Path
) -> None:
    library = find("blood-cells")
    folder = Path(__file__).parents[2] / "guidelines" / "guidelint" / "library" / "blood-cells"
    text = (folder / f"{library.version}.yaml").read_text(encoding="utf-8")
    guideline = tmp_path / "cells-requeued.yaml"
    text = text.replace("guideline: blood-cells", "guideline: cells-requeued").replace("mode: keep", "mode: requeue")
    guideline.write_text(text, encoding="utf-8")
    with guided(label_studio, tmp_path, str(guideline)) as setup:
        first, second = pictures(setup, 2)
        reader = label_studio.join("reader")
        made = label_studio.submit(first, RETURNED, by=reader)
        wait_for(setup, first, "returned")
        assert "press Update" in data(setup, first)["gl_verdict_md"]
        label_studio.submit(second, GOOD, by=reader)
        deadline = time.monotonic() + PATIENCE_S
        while label_studio.task(first)["annotations"] or "back in the queue" not in data(setup, first)["gl_verdict_md"]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        shown = next_task(setup.project, reader)
        assert shown is not None
        assert shown["id"] == first
        assert [item["from_name"] for item in shown["predictions"][0]["result"]] == ["rectangle", "nothing-to-mark"]
        assert "back in the queue" in shown["data"]["gl_verdict_md"]
        assert (shown["data"]["gl_status"], shown["data"]["gl_annotator"]) == ("returned", "reader")
        assert [row["state"] for row in rows(setup, requeues)] == ["done"]
        (kept,) = (row for row in rows(setup, annotation_rows) if row["annotation"] == made["id"])
        assert kept["state"] == "requeued"
        assert kept["unique_id"]
        label_studio.submit(first, GOOD, by=reader, parent_prediction=shown["predictions"][0]["id"])
        wait_for(setup, first, "accepted")


def test_how_long_submit_takes_with_the_verdict_for_one_and_for_eight(
    start_label_studio: Callable[..., LabelStudio], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The verdict of one annotator stands when Submit returns; how long that took is printed and recorded."""
    label_studio = start_label_studio(WEBHOOK_TIMEOUT=PATIENCE_S)
    figures: dict[str, list[float]] = {}
    people = [label_studio.join(f"reader-{number}") for number in range(8)]
    with guided(label_studio, tmp_path, "blood-cells", program=serve_patiently.MODULE) as setup:
        (warm,) = pictures(setup, 1)
        label_studio.submit(warm, GOOD)
        wait_for(setup, warm, "accepted")
        at_once = [_alone(setup, task, people[0]) for task in pictures(setup, 10)]
        figures["one"] = [seconds for seconds, _ in at_once]
        with ThreadPoolExecutor(8) as pool:
            eight = list(pool.map(_timed, [setup] * 24, pictures(setup, 24), people * 3))
        figures["eight"] = [seconds for seconds, _ in eight]
        shown = sum(stood for _, stood in at_once)
    for name, seconds in figures.items():
        sys.stdout.write(f"\nSubmit, {name}: median {median(seconds):.2f} s, worst {max(seconds):.2f} s\n")
        record_property(f"submit_{name}", [round(value, 3) for value in seconds])
    record_property("shown_at_once_of_eight", sum(stood for _, stood in eight))
    assert shown == len(at_once)


def _alone(setup: Guided, task: int, person: Person) -> tuple[float, bool]:
    """Time Submit when nothing else is to be dealt with."""
    setup.settle()
    return _timed(setup, task, person)


def _timed(setup: Guided, task: int, person: Person) -> tuple[float, bool]:
    """Seconds that Submit took, and whether the verdict stood when it returned."""
    began = time.monotonic()
    setup.studio.submit(task, GOOD, by=person)
    seconds = time.monotonic() - began
    return seconds, setup.status(task) == "accepted"
