"""What a manager sees: tabs in order, and every column of ours whole, for each kind of work there is."""

from __future__ import annotations

import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.journeys.browser import PATIENCE_S
from tests.journeys.guided import Guided, guided
from tests.journeys.server import call
from tests.journeys.test_service import DOUBTFUL, GOOD, PICTURE, RETURNED, Result

import guidelint.language
from guidelint.labelstudio.connection.administration import Administration
from guidelint.labelstudio.project.push import PushOptions, push
from guidelint.labelstudio.project.tabs import told_by
from guidelint.labelstudio.target import outputs
from guidelint.labelstudio.writeback.columns import COLUMNS, columns_of
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import run_case
from guidelint.validation.judging.verdict import Verdict
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from tests.journeys.browser import Browser
    from tests.journeys.server import LabelStudio

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

NOT_READABLE: Result = [
    {
        "id": "answer-1",
        "from_name": "nothing-to-mark",
        "to_name": "image",
        "type": "choices",
        "value": {"choices": ["not-readable"]},
    }
]
HANDED_IN = {
    "returned": RETURNED,
    "escalated": NOT_READABLE,
    "accepted": GOOD,
    "being read": DOUBTFUL,
    "unverified": GOOD,
}
CALIBRATED = {**PICTURE, "PixelSpacing": [0.5, 0.5]}
TABS = {
    "All tasks": ("returned", "escalated", "accepted", "being read", "unverified"),
    "Returned": ("returned",),
    "Escalated": ("escalated",),
    "Accepted": ("accepted",),
    "Unverified": ("unverified",),
    "Being read again": ("being read",),
    "For Haematologist": ("being read",),
    "For Project coordinator": ("escalated",),
}
"""Tab → what it shows, in order."""
MOST_ROWS = 60
"""So many tasks Label Studio lists at once."""
_CELLS = """
const wholly = element => {
  const text = element.querySelector(':scope > div > div') || element, row = element.closest('.lsf-table-row');
  const box = element.getBoundingClientRect();
  return text.scrollWidth <= text.clientWidth && text.scrollHeight <= text.clientHeight
    && box.right <= innerWidth && box.left >= 0 && (!row || text.scrollHeight <= row.clientHeight - 20);
};
const heads = [...document.querySelectorAll('.lsf-th')];
const names = heads.map(head => head.innerText.split('\\n')[0].trim());
const rows = [...document.querySelectorAll('.lsf-table-row')];
return rows.map(row => [...row.querySelectorAll('.lsf-table__cell')]
  .map((cell, n) => [names[n], cell.innerText.trim(), wholly(cell)]));
"""


def measured_cells(folder: Path) -> str:
    """A guideline with two routes, one of which reads the task again, that cannot judge a picture without a scale."""
    library = find("blood-cells")
    text = (Path(guidelint.language.__file__).parents[1] / f"library/blood-cells/{library.version}.yaml").read_text()
    text = text.replace("guideline: blood-cells", "guideline: cells-measured")
    text = text.replace("columns: image_width}", "columns: image_width}\n  pixel_spacing: {max_mm: 1.0}")
    (folder / "cells-measured.yaml").write_text(text)
    return str(folder / "cells-measured.yaml")


def hand_in(setup: Guided) -> dict[str, int]:
    """One task of each kind, judged; status → task."""
    pictures = [PICTURE if status == "unverified" else CALIBRATED for status in HANDED_IN]
    numbers = setup.studio.tasks(setup.project, pictures)
    reader = setup.studio.join("firstname.lastname")
    for task, result in zip(numbers, HANDED_IN.values(), strict=True):
        setup.studio.submit(task, result, by=reader)
    made = dict(zip(HANDED_IN, numbers, strict=True))
    deadline = time.monotonic() + PATIENCE_S
    while (shown := {status: setup.status(task) for status, task in made.items()}) != {name: name for name in made}:
        assert time.monotonic() < deadline, shown
        time.sleep(0.1)
    return made


def cells(browser: Browser) -> list[list[tuple[str, str, bool]]]:
    """Each row of the table: title, text, and whether all of the text is in sight."""
    found: list[list[tuple[str, str, bool]]] = browser.driver.execute_script(_CELLS)
    return [[(name, text, whole) for name, text, whole in row] for row in found]


def test_every_column_of_ours_is_seen_whole_and_each_tab_shows_its_work(
    label_studio: LabelStudio, browser: Browser, tmp_path: Path
) -> None:
    with guided(label_studio, tmp_path, measured_cells(tmp_path), ["--open-after", "0"]) as setup:
        made = hand_in(setup)
        browser.login_as(label_studio)
        browser.open(f"{label_studio.url}/projects/{setup.project}/data")
        browser.see_text("Haematologist")
        rows = cells(browser)
        browser.screenshot("data-manager-1400")
        assert len(rows) == len(made)
        for row in rows:
            assert [name for name, _, _ in row if name in COLUMNS] == list(COLUMNS)
            assert [(name, text) for name, text, whole in row if name in COLUMNS and not whole] == []
        tabs = call(label_studio.api, "GET", f"/api/dm/views/?project={setup.project}")
        assert [tab["data"]["title"] for tab in tabs] == list(TABS)
        for tab, (title, statuses) in zip(tabs, TABS.items(), strict=True):
            listed = label_studio.api.get(f"/api/tasks?view={tab['id']}&project={setup.project}").json()["tasks"]
            assert {task["id"] for task in listed} == {made[status] for status in statuses}, title
        browser.driver.set_window_size(1280, 900)
        browser.open(f"{label_studio.url}/projects/{setup.project}/data?tab={tabs[2]['id']}")
        browser.see_text("Project coordinator")
        ((*_, (last, text, whole)),) = ([cell for cell in row if cell[0] in COLUMNS] for row in cells(browser))
        browser.screenshot("data-manager-1280")
        assert (last, text, whole) == ("gl_waits_for", "Project coordinator", True)


def longest_sentences() -> list[dict[str, str]]:
    """What the columns say of every case of every rule, alone and all of a rule's cases together; the longest of it."""
    said: dict[str, dict[str, str]] = {}
    who = ("Head of thyroid ultrasound",)
    for rule in catalogue().values():
        found = [run_case(rule, case).findings for case in rule.cases]
        for findings in (*found, tuple(chain.from_iterable(found))):
            verdict = Verdict(Subject("submission"), "chest-radiograph-findings 12.10.0", "", "", findings, "returned")
            told = columns_of("unverified", verdict, {}, "Alexandra Constantinopoulou", who)
            said.setdefault(told["gl_summary"], told)
    return [said[summary] for summary in sorted(said, key=len)[-MOST_ROWS:]]


def test_what_any_rule_says_fits_its_cell(label_studio: LabelStudio, browser: Browser) -> None:
    guideline = find("blood-cells")
    plan = compile_plan(guideline, catalogue())
    with Administration(label_studio.url, label_studio.token) as administration:
        project = push(administration, outputs(guideline, plan), PushOptions(told=told_by(plan))).project
    rows = longest_sentences()
    label_studio.tasks(project, [{**PICTURE, **columns} for columns in rows])
    browser.login_as(label_studio)
    browser.driver.set_window_size(1400, 900 + 70 * len(rows))
    browser.open(f"{label_studio.url}/projects/{project}/data")
    shown = browser.wait(lambda: found if len(found := cells(browser)) == len(rows) else None, "every row")
    browser.screenshot("data-manager-sentences")
    told = {(name, text): whole for row in shown for name, text, whole in row if name in COLUMNS}
    summaries = {text for name, text in told if name == "gl_summary"}
    assert summaries == {" ".join(row["gl_summary"].split()) for row in rows}
    assert [cell for cell, whole in told.items() if not whole] == []
