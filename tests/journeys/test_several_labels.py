"""One outline with two labels, drawn in the real editor: both are stored, and each class asks its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from selenium.webdriver.common.keys import Keys
from tests.journeys.room import SMALL
from tests.labelstudio.chest import chest
from tests.labelstudio.test_several_labels import CHEST, plan_of

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.labelstudio.decoding.decoder import AnnotationDecoder
from guidelint.labelstudio.target import outputs
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from tests.journeys.room import Room

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

SQUARE = [(100, 100), (300, 100), (300, 300), (100, 300), (100, 100)]


def test_an_outline_takes_two_labels_and_the_questions_of_both(room: Room) -> None:
    plan = plan_of(CHEST)
    project = room.project(outputs(load(with_part(CHEST)), plan)["label_config.xml"])
    task = room.task(project)
    view = room.open(chest(), SMALL, project, task)
    view.editor.choose("Consolidation")
    view.editor.choose("Effusion")
    view.editor.draw(SQUARE)
    view.editor.select(1)
    view.browser.wait(lambda: view.browser.shown(".gl-question", "Level", begins=True), "the question of effusions")
    view.keep("two-labels")
    view.editor.answer("Side", "Left")
    view.editor.answer("Level", "High")
    view.editor.key(Keys.ESCAPE)
    view.editor.submit()

    def stored() -> list[dict[str, Any]]:
        annotations: list[dict[str, Any]] = room.studio.task(task)["annotations"]
        return annotations

    (annotation,) = view.browser.wait(stored, "the annotation to be stored")
    drawn = [item["value"]["polygonlabels"] for item in annotation["result"] if item["type"] == "polygonlabels"]
    assert drawn == [["consolidation", "effusion"]]
    raw = msgspec.Raw(msgspec.json.encode(annotation))
    image = TaskImage({"PixelSpacing": [1.0, 1.0]}, plan.vocabulary.image)
    verdict = judge(plan, AnnotationDecoder(plan.vocabulary).submission(raw, image, "1"))
    assert [(one.rule, one.clause) for one in verdict.to_change] == [
        ("area-limits", "classes.effusion.rules.area-limits"),
    ]
