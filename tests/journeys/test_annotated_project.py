"""A project whose labeling config was compiled before the layout changed keeps all that was annotated in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from tests.journeys.room import SMALL
from tests.journeys.server import call
from tests.labelstudio.chest import THREE, chest
from tests.labelstudio.chest_reading import answers, judged, regions, twelve_findings
from tests.labelstudio.guidelines import parsed

from guidelint.labelstudio.connection.administration import Administration
from guidelint.labelstudio.project.push import PushOptions, push

if TYPE_CHECKING:
    from tests.journeys.room import Room, View

    from guidelint.validation.judging.verdict import Verdict

OLD = (Path(__file__).parents[1] / "data" / "label_studio" / "chest_3_before_0_2.xml").read_text("utf-8")
"""What was compiled from the guideline of three classes when every tool had class buttons of its own."""
ASKED = chest(THREE)


def controls(config: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Name of each control → its tag and the values that it stores."""
    found = [item for item in parsed(config).iter() if item.get("toName") == "image"]
    values = {
        item.attrib["name"]: {child.attrib["alias"] for child in item.iter() if child.get("alias")} for item in found
    }
    return {item.attrib["name"]: (item.tag, frozenset(values[item.attrib["name"]])) for item in found}


def test_no_control_changes_its_name_its_type_or_what_it_stores() -> None:
    old = controls(OLD)
    assert len(old) == 2 + 9 + 3
    assert controls(ASKED.outputs()["label_config.xml"]) == old


@pytest.mark.label_studio
@pytest.mark.browser
def test_a_project_that_was_annotated_before_takes_the_new_layout_and_loses_nothing(room: Room) -> None:
    studio, readings = room.studio, ([*regions(ASKED, 3), *answers(ASKED)], twelve_findings(ASKED))
    project = studio.project("Annotated before", OLD)
    tasks = [room.task(project) for _ in readings]
    for task, items in zip(tasks, readings, strict=True):
        studio.submit(task, items)
    before = [stored(room, task) for task in tasks]
    assert [verdict.decision for verdict in before] == ["accepted", "returned"]

    with Administration(studio.url, studio.token) as administration:
        assert "label_config" in push(administration, ASKED.outputs(), PushOptions(project=project)).changed
        assert push(administration, ASKED.outputs(), PushOptions(project=project)).changed == ()
    config: str = call(studio.api, "GET", f"/api/projects/{project}/")["label_config"]
    assert config == ASKED.outputs()["label_config.xml"].strip()
    assert [stored(room, task) for task in tasks] == before

    view = room.open(ASKED, SMALL, project, tasks[0])
    view.browser.wait(lambda: listed(view) == ["Mass"] * 3, "three regions with their class")
    view.editor.select(2)
    view.browser.wait(lambda: chosen(view) == 9 + 3, "every answer to be shown")
    view.keep("annotated-before")

    view.editor.answer("Side", "Right")
    view.editor.update()
    view.browser.wait(lambda: "right" in sides(room, tasks[0]), "the changed answer to be stored")
    assert stored(room, tasks[0]).decision == "accepted"


def stored(room: Room, task: int) -> Verdict:
    """Judge what Label Studio holds for a task."""
    (annotation,) = room.studio.task(task)["annotations"]
    return judged(ASKED, annotation["result"])


def sides(room: Room, task: int) -> list[str]:
    """Answers to one question, region by region."""
    (annotation,) = room.studio.task(task)["annotations"]
    return [item["value"]["choices"][0] for item in annotation["result"] if item["from_name"] == "side"]


def listed(view: View) -> list[str]:
    """Titles in the region list."""
    found = view.browser.driver.find_elements(By.CSS_SELECTOR, '[class*="outliner-item__title"]')
    return [item.text.strip() for item in found if item.is_displayed()]


def chosen(view: View) -> int:
    """So many questions show an answer."""
    shown = [item for item in view.browser.driver.find_elements(By.CSS_SELECTOR, ".gl-question") if item.is_displayed()]
    return sum(bool(item.find_elements(By.CSS_SELECTOR, ".ant-checkbox-checked")) for item in shown)
