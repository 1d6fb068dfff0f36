"""Rules that ask for tasks that nobody annotated, under a condition: the images of the task decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.validation.test_conditions import under

from guidelint.annotation.task_facts import TaskFacts
from guidelint.imaging.facts import ImageFacts
from guidelint.rules.deliveries.complete_delivery import CompleteDelivery
from guidelint.validation.judging.fold import Fold

if TYPE_CHECKING:
    from guidelint.validation.judging.finding import Finding

CT, MR = ImageFacts(modality="CT"), ImageFacts(modality="MR")
OF_CT = {"image": {"modality": "CT"}}


def findings(condition: dict[str, Any], *tasks: TaskFacts) -> list[Finding]:
    fold = Fold(under(CompleteDelivery(), **condition))
    for task in tasks:
        fold.add_task(task)
    return [finding for verdict in fold.verdicts() for finding in verdict.findings]


def test_a_task_whose_image_is_another_is_not_asked_for() -> None:
    assert findings(OF_CT, TaskFacts("1", annotations=1, facts=(CT,)), TaskFacts("2", facts=(MR,))) == []
    (finding,) = findings(OF_CT, TaskFacts("1", facts=(CT,)), TaskFacts("2", facts=(MR,)))
    assert (finding.outcome, finding.evidence["count"]) == ("departs", 1)


@pytest.mark.parametrize(
    ("condition", "images", "reason"),
    [
        (OF_CT, (ImageFacts(),), "the modality (0008,0060) of the image is not known; deliver it"),
        (OF_CT, (), "nothing is known of the images of the task"),
        (OF_CT, (CT, MR), "the condition holds on one image of the task and not on another"),
        ({"answer": {"kind": "solid"}}, (CT,), "it depends on what is drawn or answered"),
        ({"source": "manual"}, (CT,), "it depends on what is drawn or answered"),
    ],
)
def test_what_the_images_do_not_tell_is_not_a_pass(
    condition: dict[str, Any], images: tuple[ImageFacts, ...], reason: str
) -> None:
    (finding,) = findings(condition, TaskFacts("1", facts=images))
    assert finding.outcome == "cannot-evaluate"
    assert reason in finding.message


def test_an_image_that_decides_is_enough_whatever_else_is_asked() -> None:
    assert findings({"source": "manual", **OF_CT}, TaskFacts("1", facts=(MR,))) == []
