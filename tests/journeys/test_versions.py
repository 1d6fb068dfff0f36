"""Versions of a guideline in a real Label Studio: one release to many projects, side by side, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.delivery_file import run, told_as_json
from tests.cli.test_migrate import BURN_AND_CUT, pair
from tests.journeys.server import call

from guidelint import api
from guidelint.labelstudio.connection.credentials import TOKEN_VARIABLE
from guidelint.service.log import logger
from guidelint.service.settings import SECRET_VARIABLE, STORE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.journeys.server import LabelStudio

pytestmark = [pytest.mark.label_studio, pytest.mark.many]

TEXT = """
guidelint: 1
guideline: marks
version: {version}
title: Marks
summary: Marks are found.
classes:
  spot:
    title: Spot
    definition: A dark spot.
    draw: rectangle
    rules: {{area-limits: {{min_mm2: {least}}}}}
empty_reading: {{means: There is nothing.}}
instructions: Mark everything.
"""


@pytest.fixture(autouse=True)
def as_it_was(label_studio: LabelStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands are run in this process, and send their lines to a stream that is closed afterwards."""
    monkeypatch.setenv(TOKEN_VARIABLE, label_studio.token)
    monkeypatch.setenv(SECRET_VARIABLE, "correct-horse-battery-staple")
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "guidelint.db"))
    handlers, level, propagates = list(logger.handlers), logger.level, logger.propagate
    yield
    logger.handlers[:], logger.propagate = handlers, propagates
    logger.setLevel(level)


def mark(width: float, label: str = "spot") -> dict[str, object]:
    """A box of 10 mm and so many more."""
    place = {"x": 10, "y": 10, "width": width, "height": 10, "rotation": 0, "rectanglelabels": [label]}
    names = {"id": "r1", "from_name": "rectangle", "to_name": "image", "type": "rectanglelabels"}
    return {"original_width": 100, "original_height": 100, **names, "value": place, "origin": "manual"}


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def tab(server: LabelStudio, project: int, title: str) -> set[int]:
    """Tasks that a tab of the Data Manager shows."""
    views = call(server.api, "GET", f"/api/dm/views/?project={project}")
    (view,) = (one["id"] for one in views if one["data"]["title"] == title)
    return {task["id"] for task in call(server.api, "GET", f"/api/tasks?view={view}&project={project}")["tasks"]}


def test_one_release_goes_to_many_projects_where_versions_stand_side_by_side_and_back(
    label_studio: LabelStudio, tmp_path: Path
) -> None:
    first = written(tmp_path, "first.yaml", TEXT.format(version="1.0.0", least=50))
    second = written(tmp_path, "second.yaml", TEXT.format(version="2.0.0", least=150))
    empty = "<View><Image name='image' value='$image'/></View>"
    site_a, site_b = (label_studio.project(name, empty) for name in ("Site A", "Site B"))
    sites = [f"{label_studio.url}/projects/{number}" for number in (site_a, site_b)]
    pushed = run("push", first, *sites)
    assert (pushed.exit_code, pushed.stdout.count("now follows marks 1.0.0")) == (0, 2), pushed.output
    facts = {"image": "/data/1.png", "PixelSpacing": [1, 1]}
    both, old = label_studio.tasks(site_a, [facts, facts])
    other = label_studio.join("other")
    for task in (both, old):
        label_studio.submit(task, [mark(10)])
    told = run("push", second, label_studio.url, "http://127.0.0.1:9", "--every")
    assert (told.exit_code, told.stdout.count("now follows marks 2.0.0")) == (1, 2), told.output
    assert "guidelint: http://127.0.0.1:9: Label Studio at http://127.0.0.1:9 does not answer" in told.stderr
    call(label_studio.api, "PATCH", f"/api/tasks/{both}/", {"overlap": 2, "is_labeled": False})
    theirs = label_studio.submit(both, [mark(10)], by=other)
    assert run("sweep").exit_code == 2, "no address"
    swept = run("sweep", label_studio.url)
    assert swept.exit_code == 0, swept.output
    data: dict[int, dict[str, Any]] = {task: label_studio.task(task)["data"] for task in (both, old)}
    owner = label_studio.owner().id
    assert data[both]["gl_guideline"] == f"marks 2.0.0 by {theirs['completed_by']}; marks 1.0.0 by {owner}"
    assert (data[both]["gl_status"], data[old]["gl_status"]) == ("returned", "accepted")
    assert data[old]["gl_guideline"] == "marks 1.0.0"
    assert tab(label_studio, site_a, "Earlier versions") == {both, old}

    back = run("push", first, label_studio.url, "--every")
    assert (back.exit_code, back.stdout.count("now follows marks 1.0.0")) == (0, 2), back.output
    assert tab(label_studio, site_a, "Earlier versions") == {both}
    label_studio.submit(old, [mark(10)], by=other)
    assert run("sweep", label_studio.url).exit_code == 0
    assert label_studio.task(old)["data"]["gl_guideline"] == "marks 1.0.0"
    assert label_studio.task(both)["data"]["gl_guideline"] == data[both]["gl_guideline"]
    doctor = run("doctor", label_studio.url, "--guideline", first, "--no-probe").stdout
    assert doctor.count("config: is what the guideline compiles into") == 2
    assert doctor.count("knows marks 1.0.0") == 2

    versions = told_as_json("impact", second, sites[0])["versions"]
    in_python = api.load(second).impact_on_projects(sites[0], store=tmp_path / "guidelint.db")
    assert [(one.old, one.annotations) for one in in_python] == [("marks 1.0.0", 3), ("marks 2.0.0", 1)]
    assert [(one["old"], one["annotations_changed"], one["annotations"]) for one in versions] == [
        ("marks 1.0.0", 3, 3),
        ("marks 2.0.0", 0, 1),
    ]


def drawn(label: str, kind: str = "", number: int = 1) -> list[dict[str, Any]]:
    """A box, and perhaps an answer about it."""
    box: dict[str, Any] = {**mark(10, label), "id": f"r{number}"}
    box["value"]["x"] = 30 * number
    value = {key: box["value"][key] for key in ("x", "y", "width", "height", "rotation")} | {"choices": [kind]}
    return [box, *([{**box, "from_name": "kind", "type": "choices", "value": value}] if kind else [])]


def test_a_running_project_is_moved_to_other_names_and_back(label_studio: LabelStudio, tmp_path: Path) -> None:
    first, second = map(
        str,
        pair(
            tmp_path,
            {"spot": "lesion", "kind": "sort", "bad": "poor"},
            ("  scar: {title: Scar, definition: Healed skin., draw: rectangle}\n", BURN_AND_CUT),
            ("of: [lesion, scar]", "of: [lesion, burn, cut]"),
        ),
    )
    pushed = run("push", first, label_studio.url)
    assert pushed.exit_code == 0, pushed.output
    project = int(pushed.stdout.split()[2])
    address, facts = f"{label_studio.url}/projects/{project}", {"image": "/data/1.png", "PixelSpacing": [1, 1]}
    renamed, split, plain = label_studio.tasks(project, [facts] * 3)
    for task, result in (
        (renamed, [*drawn("spot", "good"), *drawn("spot", "bad", 2)]),
        (split, drawn("scar", "good")),
        (plain, []),
    ):
        label_studio.submit(task, result)

    def swept() -> dict[int, tuple[str, str, str]]:
        done = run("sweep", label_studio.url)
        assert done.exit_code == 0, done.output
        data = {task: label_studio.task(task)["data"] for task in (renamed, split, plain)}
        return {
            task: tuple(one.get(f"gl_{key}", "") for key in ("guideline", "status", "do_again"))
            for task, one in data.items()
        }

    def results() -> dict[int, Any]:
        return {
            task: [one["result"] for one in label_studio.task(task)["annotations"]] for task in (renamed, split, plain)
        }

    before, drew = swept(), results()
    assert [one[1] for one in before.values()] == ["accepted", "accepted", "accepted"]
    config = call(label_studio.api, "GET", f"/api/projects/{project}/")["label_config"]
    would = run("migrate", first, second, address, "--dry-run")
    assert (would.exit_code, "1 × class `scar`" in would.stdout) == (1, True), would.output
    assert (results(), call(label_studio.api, "GET", f"/api/projects/{project}/")["label_config"]) == (drew, config)

    draft = call(label_studio.api, "POST", f"/api/tasks/{plain}/drafts", {"result": drawn("spot", "good")})
    nowhere = f"{label_studio.url}/projects/4711"
    moved = run("migrate", first, second, nowhere, address, "--format", "json")
    assert moved.exit_code == 1, moved.output
    found = json.loads(moved.stdout)
    assert "does not know project 4711" in found["failed"][nowhere]
    (told,) = found["projects"].values()
    assert told["kept"] == ["kind"], "Label Studio takes no config without it"
    assert [(one["task"], one["what"], one["choices"]) for one in told["redo"]] == [
        (str(split), "class `scar`", ["burn", "cut"])
    ]
    ((one,),) = (results()[renamed],)
    assert [item["value"].get("rectanglelabels") or item["value"]["choices"] for item in one] == [
        ["lesion"],
        ["good"],
        ["lesion"],
        ["poor"],
    ]
    assert {item["from_name"] for item in one} == {"rectangle", "sort"}
    assert swept() == {
        renamed: ("marks 2.0.0", "accepted", ""),
        split: ("marks 2.0.0", "returned", "class `scar`, now perhaps burn or cut"),
        plain: ("marks 2.0.0", "accepted", ""),
    }
    assert tab(label_studio, project, "To do again") == {split}
    call(label_studio.api, "DELETE", f"/api/drafts/{draft['id']}/")
    again = json.loads(run("migrate", first, second, address, "--format", "json").stdout)
    assert again["projects"][address] == {**told, "changed": 0, "kept": []}
    assert "is in step with marks 2.0.0" in run("push", second, label_studio.url).stdout

    back = run("migrate", first, second, address, "--back")
    assert back.exit_code == 0, back.output
    assert results() == drew
    assert swept() == before
    assert call(label_studio.api, "GET", f"/api/projects/{project}/")["label_config"] == config
