"""A task is held for a person by name: nobody is given it, the person finds it in a tab, and frees it with Submit."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.journeys.browser import PATIENCE_S, Browser
from tests.journeys.editor import Editor
from tests.journeys.guided import Guided, guided
from tests.journeys.server import call
from tests.journeys.test_disagreement import cell, columns
from tests.journeys.test_service import PICTURE, next_task

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.server import LabelStudio

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

CHIEF = "chief@example.org"
GUIDELINE = f"""\
guidelint: 1
guideline: cells-held
version: 1.0.0
title: Cells, some of them held
summary: Marks cells; what is very large waits for the chief.
images:
  keys: {{rows: image_height, columns: image_width}}
classes:
  cell:
    title: Cell
    definition: A round cell.
    draw: rectangle
    color: '#e53935'
empty_reading: {{means: There is no cell.}}
escalation:
  routes:
    chief: {{who: Chief haematologist, person: {CHIEF}, hold: true, message: Phone 4711.}}
  when:
    very-large:
      class: cell
      area-limits: {{max_image_fraction: 0.2}}
      to: chief
instructions: Draw one box around every cell.
"""
LARGE = cell(10, width=80)
LARGE[0]["value"]["height"] = 80  # type: ignore[index]


def wait_for(setup: Guided, task: int, status: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while (data := columns(setup, task)).get("gl_status") != status:
        assert time.monotonic() < deadline, data
        time.sleep(0.1)
    return data


def test_a_held_task_waits_for_a_person_who_frees_it(
    label_studio: LabelStudio, browser: Browser, tmp_path: Path
) -> None:
    guideline = tmp_path / "cells-held.yaml"
    guideline.write_text(GUIDELINE, encoding="utf-8")
    with guided(label_studio, tmp_path, str(guideline), ["--open-after", "0"]) as setup:
        call(label_studio.api, "PATCH", f"/api/projects/{setup.project}", {"maximum_annotations": 2})
        once, twice, free = label_studio.tasks(setup.project, [dict(PICTURE) for _ in range(3)])
        first, second, chief = (label_studio.join(name) for name in ("first", "second", "chief"))
        label_studio.submit(once, LARGE, by=first)
        label_studio.submit(twice, cell(10), by=first)
        label_studio.submit(twice, LARGE, by=second)
        waiting = wait_for(setup, once, "held")
        assert (waiting["gl_waits_for"], waiting["gl_summary"], waiting["gl_by_rules"]) == (CHIEF, "", "")
        told = wait_for(setup, twice, "held")
        assert "of the image" in told["gl_summary"], "nobody reads it afterwards: the reason is told"
        assert "Until then the task is held: please leave it as it is. Phone 4711." in told["gl_verdict_md"]
        shown = next_task(setup.project, second)
        assert shown is not None
        assert shown["id"] == free, "what is held is given to nobody"
        browser.login_as(label_studio, chief)
        tabs = call(chief.api, "GET", f"/api/dm/views/?project={setup.project}")
        (mine,) = (tab["id"] for tab in tabs if tab["data"]["title"] == f"For {CHIEF}")
        browser.open(f"{label_studio.url}/projects/{setup.project}/data?tab={mine}")
        browser.see_text(CHIEF)
        browser.screenshot("held-1-tab")
        editor = Editor(browser, label_studio.url, setup.project)
        editor.quick_view(once)
        browser.see_text("This task is held.")
        browser.screenshot("held-2-neutral")
        browser.see('[aria-label="Create an annotation"]').click()
        editor.submit()
        freed = wait_for(setup, once, "escalated")
        assert freed["gl_waits_for"] == "", "two have read it, and the chief is one of them"
        assert "Accepted." in freed["gl_verdict_md"], "the banner is for whoever handed in last"
        listed = label_studio.api.get(f"/api/tasks?view={mine}&project={setup.project}").json()["tasks"]
        assert [task["id"] for task in listed] == [twice]
