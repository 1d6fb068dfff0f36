"""A guideline with an exam, its examples with pictures, and people who take it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from guidelint.checking.exam.exam import Exam, exam_of
from guidelint.checking.exam.grading import Grader, HandedIn
from guidelint.checking.exam.result import Result, Taken
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.folder import folder_for
from guidelint.language.examples.read import examples_in
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from guidelint.checking.exam.item import Item

GUIDELINE = """\
guidelint: 1
guideline: lesions
version: 1.2.0
title: Lesions
summary: Dark spots.
instructions: Outline every dark spot.
images: {modality: CT}
classes:
  lesion:
    title: Lesion
    definition: A dark spot.
    draw: polygon
    rules: {area-limits: {min_mm2: 25}}
  mark: {title: Mark, definition: A bright point., draw: keypoint}
attributes:
  margin: {title: Margin, of: lesion, choose_one: {sharp: Sharp, blurred: Blurred}, required: true}
empty_reading: {means: nothing-found}
escalation:
  routes: {senior: {who: a senior reader}}
  when: {blurred: {answer-escalates: {attribute: margin, values: [blurred]}, to: senior}}
annotators:
  roles:
    reader:
      title: Reader
      valid_months: 12
      exam: EXAM
"""
SQUARE = [[20, 20], [40, 20], [40, 40], [20, 40]]
"""Where the lesion of every picture lies."""
_DRAWN = "{class: lesion, polygon: [[20, 20], [40, 20], [40, 40], [20, 40]], answers: {margin: sharp}}"
_SMALL = "{class: lesion, polygon: [[20, 20], [22, 20], [22, 22], [20, 22]], answers: {margin: sharp}}"
_EXAMPLES = f"""\
common: {{image: {{spacing_mm: 0.5}}}}
examples:
  plain-lesion: {{shows: lesion, use: exam, verdict: accepted, image: PICTURE1, drawn: [{_DRAWN}]}}
  blurred-lesion:
    {{shows: lesion, use: exam, verdict: escalated, by: blurred, image: PICTURE2,
      drawn: [{_DRAWN.replace("sharp", "blurred")}]}}
  lesion-too-small: {{shows: lesion, use: exam, verdict: returned, by: area-limits, image: PICTURE3, drawn: [{_SMALL}]}}
  the-mark:
    {{shows: mark, use: exam, verdict: accepted, image: PICTURE4, drawn: [{{class: mark, keypoint: [60, 60]}}]}}
  on-canvas: {{shows: lesion, use: exam, verdict: accepted, drawn: [{_DRAWN}]}}
  taught: {{shows: lesion, verdict: accepted, image: PICTURE5, drawn: [{_DRAWN}]}}
  seen-already: {{shows: lesion, use: exam, verdict: accepted, image: PICTURE5, drawn: [{_DRAWN}]}}
"""
BEGUN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def made(folder: Path, exam: str = "{tasks: 4, min_share: 0.75}", guideline: str = GUIDELINE) -> Path:
    """Write the guideline, its examples and their pictures."""
    path = folder / "lesions.yaml"
    path.write_text(guideline.replace("EXAM", exam))
    beside = folder / "lesions.examples"
    beside.mkdir(exist_ok=True)
    text = _EXAMPLES
    for number in range(1, 6):
        pixels = np.full((100, 100), 200, np.uint8)
        pixels[20:40, 20:40] = 10 * number
        name = "lesion-returned-too-small.png" if number == 3 else f"picture{number}.png"
        Image.fromarray(pixels).save(beside / name)
        text = text.replace(f"PICTURE{number}", f"{{file: {name}, spacing_mm: 0.5}}")
    (beside / "exam.yaml").write_text(text)
    return path


def exam_in(folder: Path, exam: str = "{tasks: 4, min_share: 0.75}", guideline: str = GUIDELINE) -> Exam:
    """Give the exam of the guideline."""
    return exam_at(made(folder, exam, guideline))


def exam_at(path: Path) -> Exam:
    """Give the exam of a guideline in a file."""
    read, rules = load(path.read_text()), catalogue()
    plan, beside = compile_plan(read, rules), folder_for(str(path))
    assert beside is not None
    return exam_of(read, plan, beside, examples_in(beside, read, plan, rules))


def annotation(
    number: int, *items: dict[str, Any], by: int = 7, minutes: float = 0, lead_time_s: float = 60, **other: Any
) -> dict[str, Any]:
    """Give an annotation as Label Studio exports it, handed in so many minutes after the beginning."""
    at = (BEGUN + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
    told = {"created_at": at, "updated_at": at, "lead_time": lead_time_s, "was_cancelled": False}
    return {"id": number, "completed_by": by, "result": list(items), **told, **other}


def lesion(margin: str = "sharp", points: Sequence[Sequence[float]] = SQUARE, key: str = "r1") -> list[dict[str, Any]]:
    """Give an outlined lesion and the answer to its question."""
    value = {"points": [list(point) for point in points], "closed": True}
    both = {"id": key, "to_name": "image", "original_width": 100, "original_height": 100, "image_rotation": 0}
    return [
        {**both, "from_name": "polygon", "type": "polygonlabels", "value": {**value, "polygonlabels": ["Lesion"]}},
        {**both, "from_name": "margin", "type": "choices", "value": {**value, "choices": [margin]}},
    ]


def mark(x: float = 60, y: float = 60) -> list[dict[str, Any]]:
    """Give a marked point."""
    value = {"x": x, "y": y, "width": 0.5, "keypointlabels": ["Mark"]}
    both = {"id": "m1", "to_name": "image", "original_width": 100, "original_height": 100, "image_rotation": 0}
    return [{**both, "from_name": "keypoint", "type": "keypointlabels", "value": value}]


def right_of(item: Item) -> list[dict[str, Any]]:
    """Give what is right of an item."""
    name = item.found.name
    return mark() if name == "the-mark" else lesion("blurred" if name == "blurred-lesion" else "sharp")


def taken(
    exam: Exam, do: Callable[[Item], list[dict[str, Any]]] = right_of, *, attempt: int = 1, each_minutes: float = 2
) -> Result:
    """Let somebody take the exam, and tell what came of it."""
    drawn = exam.drawn("seed")
    handed = [
        HandedIn(item.id, annotation(at, *do(item), minutes=at * each_minutes), str(at))
        for at, item in enumerate(drawn.items, 1)
    ]
    grader = Grader(exam)
    graded = [grader.graded(one) for one in handed]
    return Taken(exam, drawn.id, [item.id for item in drawn.items]).result("7", graded, attempt)
