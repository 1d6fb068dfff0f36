"""Readers of one image disagree: a third is asked, learns nothing of it, and the verdict on the task follows."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.journeys.browser import PATIENCE_S, Browser
from tests.journeys.guided import Guided, guided
from tests.journeys.server import call
from tests.journeys.test_service import PICTURE, next_task

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.server import LabelStudio, Person

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

GUIDELINE = """\
guidelint: 1
guideline: cells-read-twice
version: 1.0.0
title: Cells, read twice
summary: Marks cells; two readers draw each picture.
images:
  keys: {rows: image_height, columns: image_width}
classes:
  cell:
    title: Cell
    definition: A round cell.
    draw: rectangle
    color: '#e53935'
empty_reading: {means: There is no cell.}
escalation:
  routes:
    board: {who: Haematology board, readers: 3}
  when:
    readers-differ:
      overlap-agreement: {min_dice: 0.7}
      to: board
      because: The board reads what two readers draw differently.
instructions: Draw one box around every cell.
"""


def cell(x: float, width: float = 20) -> list[dict[str, object]]:
    """One box."""
    place = {"x": x, "y": 10, "width": width, "height": 20, "rotation": 0, "rectanglelabels": ["cell"]}
    frame = {"original_width": 640, "original_height": 480, "image_rotation": 0}
    names = {"id": "cell-1", "from_name": "rectangle", "to_name": "image", "type": "rectanglelabels"}
    return [{**frame, **names, "value": place, "origin": "manual"}]


def columns(setup: Guided, task: int) -> dict[str, Any]:
    found: dict[str, Any] = setup.studio.task(task)["data"]
    return found


def wait_until_shown_to(setup: Guided, person: Person) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while (shown := next_task(setup.project, person)) is None:
        assert time.monotonic() < deadline, "nobody else was asked"
        time.sleep(0.2)
    return shown


def test_a_third_is_asked_with_a_neutral_banner_and_the_verdict_on_the_task_follows(
    label_studio: LabelStudio, browser: Browser, tmp_path: Path
) -> None:
    guideline = tmp_path / "cells-read-twice.yaml"
    guideline.write_text(GUIDELINE, encoding="utf-8")
    with guided(label_studio, tmp_path, str(guideline), ["--open-after", "0"]) as setup:
        call(label_studio.api, "PATCH", f"/api/projects/{setup.project}", {"maximum_annotations": 2})
        task, agreed = label_studio.tasks(setup.project, [dict(PICTURE) for _ in range(2)])
        first, second, third = (label_studio.join(name) for name in ("first", "second", "third"))
        for reader, drawn in ((first, cell(10)), (second, cell(60))):
            label_studio.submit(agreed, cell(10), by=reader)
            label_studio.submit(task, drawn, by=reader)
        shown = wait_until_shown_to(setup, third)
        assert shown["id"] == task, "where the two agree nobody else is asked"
        assert "on your own" in shown["data"]["gl_verdict_md"]
        assert (shown["data"]["gl_status"], shown["data"]["gl_waits_for"]) == ("being read", "Haematology board")
        told = " ".join(str(value) for key, value in shown["data"].items() if key.startswith("gl_"))
        assert not any(word in told for word in ("Dice", "overlap", "Escalated", "Accepted", "first", "second"))
        browser.login_as(label_studio, third)
        browser.open(f"{label_studio.url}/projects/{setup.project}/data?task={task}")
        assert "on your own" in browser.see(".glv").text
        browser.screenshot("disagreement-1-neutral")
        label_studio.submit(task, cell(10), by=third)
        deadline = time.monotonic() + PATIENCE_S
        while setup.status(task) != "escalated":
            assert time.monotonic() < deadline, columns(setup, task)
            time.sleep(0.1)
        data = columns(setup, task)
        assert (data["gl_by_rules"], data["gl_waits_for"]) == ("overlap-agreement", "")
        assert "Dice coefficient" in data["gl_summary"]
        assert "All readings together: <b>Escalated.</b>" in data["gl_verdict_md"]
        assert "all readings are in" in data["gl_verdict_md"]
        assert re.search(
            r"annotation <b>\d+</b> by <b>first</b> and annotation <b>\d+</b> by <b>", data["gl_verdict_md"]
        )
        assert setup.status(agreed) == "accepted"
        assert next_task(setup.project, label_studio.join("fourth")) is None
        browser.open(f"{label_studio.url}/projects/{setup.project}/data?task={task}")
        browser.see(".glv-escalated")
        browser.screenshot("disagreement-2-verdict")
