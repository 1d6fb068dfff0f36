"""With no service running, sweeps of a real Label Studio leave every verdict as a check of its export gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run
from tests.journeys.server import call
from tests.service.subject_tables import kept, of_export

from guidelint.labelstudio.connection.credentials import TOKEN_VARIABLE
from guidelint.service.log import logger
from guidelint.service.settings import SECRET_VARIABLE
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.projects import Plans, followed_projects

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.journeys.server import LabelStudio

pytestmark = pytest.mark.label_studio

GUIDELINE = """\
guidelint: 1
guideline: cells-over-tasks
version: 1.0.0
title: Cells, over tasks
summary: Marks cells.
classes:
  cell:
    title: Cell
    definition: A round cell.
    draw: rectangle
    color: '#e53935'
rules:
  count-limits: {per: series, max: 1}
readers:
  rules:
    enough-readers: {min: 2}
annotators:
  rules:
    minimum-time: {min_s: 5, min_submissions: 1}
delivery:
  rules:
    complete-delivery: {skipped_is_done: false}
empty_reading: {means: There is no cell.}
instructions: Draw one box around every cell.
"""


def cell(name: str, x: float = 10) -> dict[str, object]:
    """One box with an object name."""
    place = {"x": x, "y": 10, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": ["cell"]}
    frame = {"original_width": 100, "original_height": 100, "image_rotation": 0, "meta": {"text": [name]}}
    names = {"id": name, "from_name": "rectangle", "to_name": "image", "type": "rectanglelabels"}
    return {**frame, **names, "value": place, "origin": "manual"}


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    """Commands are run in this process, and send their lines to a stream that is closed afterwards."""
    handlers, level, propagates = list(logger.handlers), logger.level, logger.propagate
    yield
    logger.handlers[:], logger.propagate = handlers, propagates
    logger.setLevel(level)


def test_drafts_skips_proposals_and_readings_are_told_as_in_a_check_of_the_export(
    label_studio: LabelStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, label_studio.token)
    monkeypatch.setenv(SECRET_VARIABLE, "correct-horse-battery-staple")
    place, guideline = str(tmp_path / "guidelint.db"), tmp_path / "guideline.yaml"
    guideline.write_text(GUIDELINE, encoding="utf-8")
    pushed = run("push", str(guideline), label_studio.url, "--store", place)
    assert pushed.exit_code == 0, pushed.output
    engine = open_store(store_url(place))
    ((server, project),) = followed_projects(engine)
    plan = Plans(engine).newest(server, project)
    assert plan is not None

    def swept() -> list[str]:
        done = run("sweep", label_studio.url, "--store", place)
        assert done.exit_code == 0, done.output
        exported = label_studio.api.get(
            f"/api/projects/{project}/export", params={"exportType": "JSON", "download_all_tasks": "true"}
        )
        assert kept(engine, server, project) == of_export(plan, exported.content)
        return [message for _, message in kept(engine, server, project)["delivery////"][1]]

    series = {"SeriesInstanceUID": "1.2.3"}
    read, skipped, begun, proposed, untouched, alone = label_studio.tasks(
        project, [{"image": f"/data/{number}.png", **(series if number < 5 else {})} for number in range(6)]
    )
    other = label_studio.join("other")
    label_studio.submit(read, [cell("a")], lead_time=9)
    label_studio.submit(skipped, [], by=other, was_cancelled=True)
    draft = call(other.api, "POST", f"/api/tasks/{begun}/drafts", {"result": [cell("b")]})
    call(label_studio.api, "POST", "/api/predictions/", {"task": proposed, "result": [], "model_version": "m"})
    label_studio.submit(alone, [cell("a")], lead_time=1)
    assert swept() == [
        f"nobody annotated, and somebody skipped, 1 of 6 tasks: {skipped}",
        f"there is a draft and no annotation on 1 of 6 tasks: {begun}",
        f"there is no annotation on 1 of 6 tasks: {untouched}",
        f"there is the proposal of a model and no annotation on 1 of 6 tasks: {proposed}",
    ]
    status = {task: label_studio.task(task)["data"].get("gl_status") for task in (read, skipped, begun, alone)}
    assert status == {read: "returned", skipped: "skipped", begun: None, alone: "returned"}, "one reader is too few"
    shown = label_studio.task(alone)["data"]["gl_verdict_md"]
    assert "the task data has no SeriesInstanceUID; deliver Series Instance UID (0020,000E)" in shown

    call(other.api, "DELETE", f"/api/drafts/{draft['id']}/")
    label_studio.submit(read, [cell("b")], by=other, lead_time=9)
    label_studio.submit(proposed, [cell("b")], by=other, lead_time=9)
    call(label_studio.api, "POST", f"/api/tasks/{untouched}/drafts", {"result": [cell("b")]})
    assert swept() == [
        f"nobody annotated, and somebody skipped, 1 of 6 tasks: {skipped}",
        f"there is a draft and no annotation on 1 of 6 tasks: {untouched}",
        f"there is no annotation on 1 of 6 tasks: {begun}",
    ]
    assert label_studio.task(read)["data"]["gl_status"] == "accepted"
    quiet = run("sweep", label_studio.url, "--store", place)
    assert quiet.output.splitlines()[-2:] == [
        "0 tasks dealt with, 0 left.",
        "0 new verdicts above single annotations, 0 left.",
    ]
    engine.dispose()
