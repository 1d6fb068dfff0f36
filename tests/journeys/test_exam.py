"""Two people take the exam of a guideline in a real Label Studio: one passes, one does not, and both read it there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw
from tests.journeys.browser import PATIENCE_S, Browser
from tests.journeys.editor import Editor
from tests.journeys.guided import guided
from tests.journeys.server import call
from tests.service import serve_patiently

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.journeys.guided import Guided
    from tests.journeys.server import LabelStudio, Person

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

GUIDELINE = """\
guidelint: 1
guideline: spots
version: 1.0.0
title: Spots
summary: Marks spots.
images:
  keys: {rows: image_height, columns: image_width}
classes:
  spot:
    title: Spot
    definition: A round spot.
    draw: rectangle
    color: '#e53935'
    rules:
      area-limits: {min_image_fraction: 0.005}
empty_reading: {means: There is no spot.}
annotators:
  roles:
    reader:
      title: Reader
      valid_months: 12
      exam: {tasks: 2, min_share: 1, attempts: 2}
instructions: Draw one box around every spot.
"""
EXAMPLES = """\
common:
  image: {rows: 120, columns: 160}
examples:
"""
ITEM = """\
  telling-name-{number}:
    title: What is expected is {number}
    shows: spot
    is: positive
    use: exam
    image: {{file: telling-name-{number}.png}}
    verdict: accepted
    drawn:
      - {{class: spot, rectangle: [{left}, 30, 40, 40]}}
"""
LEFT = (20, 60, 100)
"""Where the spot of each picture begins, in pixels."""


def written(folder: Path) -> Path:
    """Write the guideline with three pictures that are kept for exams."""
    guideline = folder / "spots.yaml"
    guideline.write_text(GUIDELINE, encoding="utf-8")
    beside = folder / "spots.examples"
    beside.mkdir()
    for number, left in enumerate(LEFT):
        picture = Image.new("L", (160, 120), 40)
        ImageDraw.Draw(picture).ellipse((left, 30, left + 40, 70), fill=220)
        picture.save(beside / f"telling-name-{number}.png")
    items = (ITEM.format(number=number, left=left) for number, left in enumerate(LEFT))
    (beside / "exam.yaml").write_text(EXAMPLES + "".join(items), encoding="utf-8")
    return guideline


def spot(left: float) -> list[dict[str, object]]:
    """One box around the spot of a picture."""
    place = {"x": left / 1.6, "y": 25, "width": 25, "height": 100 / 3, "rotation": 0, "rectanglelabels": ["spot"]}
    frame = {"original_width": 160, "original_height": 120, "image_rotation": 0}
    names = {"id": "spot-1", "from_name": "rectangle", "to_name": "image", "type": "rectanglelabels"}
    return [{**frame, **names, "value": place, "origin": "manual"}]


def pushed_exam(setup: Guided, *more: str) -> tuple[int, str]:
    """Push the exam with the command; its project, and what was said."""
    options = ("--store", str(setup.service.store), "--service", setup.service.url, "--calibration", *more)
    said = setup.run("push", setup.guideline, setup.studio.url, *options)
    return int(said.split("roject ")[1].split(",")[0]), said


def tasks_of(setup: Guided, project: int) -> list[dict[str, Any]]:
    listed = call(setup.studio.api, "GET", f"/api/tasks?project={project}&page_size=100&fields=all")
    tasks: list[dict[str, Any]] = sorted(listed["tasks"], key=lambda task: task["id"])
    return tasks


def where_is_the_spot(setup: Guided, task: dict[str, Any]) -> int:
    """Look at the picture of a task, as a reader does: where its spot begins."""
    from io import BytesIO  # noqa: PLC0415

    picture = Image.open(BytesIO(setup.studio.api.get(task["data"]["image"]).content)).convert("L")
    box = picture.point([255 * (value > 128) for value in range(256)]).getbbox()
    assert box is not None
    return min(LEFT, key=lambda left: abs(left - box[0]))


def hand_in(setup: Guided, task: dict[str, Any], person: Person, *, off_by: int = 0) -> None:
    """Hand in one image, the box as far beside the spot as is asked for."""
    result = spot(where_is_the_spot(setup, task) + off_by)
    setup.studio.submit(task["id"], result, by=person, lead_time=30)


def draw(setup: Guided, editor: Editor, task: dict[str, Any], *, off_by: int = 0) -> None:
    """Do the image that is open, with the mouse."""
    editor.choose("Spot")
    left = where_is_the_spot(setup, task) + off_by
    editor.drag((left, 30), (left + 40, 70))
    editor.submit()


def wait_for(setup: Guided, task: int, words: str) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while words not in (banner := str(setup.studio.task(task)["data"].get("gl_verdict_md", ""))):
        assert time.monotonic() < deadline, f"{words!r} is not told: {banner!r}"
        time.sleep(0.1)
    return banner


def test_two_take_the_exam_and_only_who_has_passed_may_work(
    start_label_studio: Callable[..., LabelStudio], browser: Browser, tmp_path: Path
) -> None:
    label_studio = start_label_studio(WEBHOOK_TIMEOUT=PATIENCE_S)
    with guided(label_studio, tmp_path, str(written(tmp_path)), program=serve_patiently.MODULE) as setup:
        exam, said = pushed_exam(setup)
        assert "Created project" in said
        assert exam != setup.project
        assert "is open and in step" in pushed_exam(setup)[1]
        first, last = tasks_of(setup, exam)
        everything = str(call(label_studio.api, "GET", f"/api/projects/{exam}")) + str((first, last))
        assert not [word for word in ("telling", "expected") if word in everything]

        anna, ben = label_studio.join("anna"), label_studio.join("ben")
        hand_in(setup, first, anna)
        assert "Handed in" in wait_for(setup, first["id"], "all 2 images")
        editor = Editor(browser, label_studio.url, exam, side=160)
        browser.login_as(label_studio, anna)
        editor.quick_view(last["id"])
        draw(setup, editor, last)
        editor.see_verdict("passed")
        assert "2 of 2 images are right" in browser.see(".glv-accepted").text
        browser.screenshot("exam-1-passed")

        hand_in(setup, first, ben, off_by=30)
        browser.login_as(label_studio, ben)
        editor.label_stream()
        browser.see_text("This is an exam")
        browser.screenshot("exam-2-instructions")
        editor.close_instructions()
        draw(setup, editor, last, off_by=-20)
        wait_for(setup, last["id"], "1 attempt is left")
        editor.quick_view(last["id"])
        assert "0 of 2 images are right" in browser.see(".glv-returned").text
        browser.screenshot("exam-3-not-passed")
        browser.driver.set_window_size(400, 860)
        browser.screenshot("exam-4-narrow")

        data = {"image": last["data"]["image"], "image_height": 120, "image_width": 160}
        by_anna, by_ben = label_studio.tasks(setup.project, [data, data])
        label_studio.submit(by_anna, spot(60), by=anna)
        label_studio.submit(by_ben, spot(60), by=ben)
        browser.wait(lambda: setup.status(by_anna) == "accepted", "the work of who has passed to be accepted")
        browser.wait(lambda: setup.status(by_ben) == "returned", "the work of who has not passed to be returned")
        assert "has not passed the exam of" in wait_for(setup, by_ben, "Returned")
