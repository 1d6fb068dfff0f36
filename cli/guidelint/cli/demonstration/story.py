"""What is submitted in which order, and the verdict that each submission must get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.cli.demonstration.mistakes import MISTAKES
from guidelint.labelstudio.decoding.decoder import AnnotationDecoder
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.cli.demonstration.sample import Items, SampleTask
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Decision, Verdict

LEARNER = "learner"
"""The user who makes the mistakes."""
FOR_YOU = 2
"""Slices that stay unread, for the person who runs the demonstration."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One submission of the demonstration."""

    task: int
    """Position among the imported tasks, from 0."""
    by: str
    what: str
    items: Items
    decision: Decision
    rule: str = ""
    """Rule that must be among the findings; empty: none in particular."""


@dataclass(frozen=True, slots=True)
class Story:
    """Tasks to import and submissions to make, in order."""

    data: tuple[dict[str, Any], ...]
    scenes: tuple[Scene, ...]

    @property
    def readers(self) -> tuple[str, ...]:
        """Names of everyone who submits."""
        return tuple(dict.fromkeys(scene.by for scene in sorted(self.scenes, key=lambda scene: scene.by)))


def tell(plan: Plan, tasks: Sequence[SampleTask]) -> Story:
    """Readers' published work first on one slice, then the mistakes, then the rest of the readers' work.

    What the service says online about published work must be what the same plan says offline.
    """
    first, *others = tasks
    data = [task.data | {"shows": "published reading"} for task in tasks]
    data += [first.data | {"shows": f"on purpose: {mistake.title}"} for mistake in MISTAKES]
    data += [task.data | {"shows": "unread, for you"} for task in others[:FOR_YOU]]
    copied = first.readings[0].items
    mistakes = [
        Scene(len(tasks) + index, LEARNER, item.title, item.make(copied), item.decision, item.rule)
        for index, item in enumerate(MISTAKES)
    ]
    published = [_published(plan, task, index) for index, task in enumerate(tasks)]
    rest = (scene for scenes in published[1:] for scene in scenes)
    return Story(tuple(data), (*published[0], *mistakes, *rest))


def judged_offline(plan: Plan, task: SampleTask, items: Items) -> Verdict:
    """Judge one submission of a sample task, with no server."""
    image = TaskImage(task.data, plan.vocabulary.image)
    raw = msgspec.Raw(msgspec.json.encode({"id": 0, "result": items}))
    return judge(plan, AnnotationDecoder(plan.vocabulary).submission(raw, image, str(task.number)))


def _published(plan: Plan, task: SampleTask, position: int) -> list[Scene]:
    return [
        Scene(
            position,
            f"reader-{reading.reader}",
            f"{task.data['PatientID']}, {_summary(reading.items)}",
            reading.items,
            judged_offline(plan, task, reading.items).decision,
        )
        for reading in task.readings
    ]


def _summary(items: Items) -> str:
    outlines = sum(item["type"] == "polygonlabels" for item in items)
    return "nothing seen" if not outlines else f"{outlines} nodule{'s' if outlines > 1 else ''} outlined"
