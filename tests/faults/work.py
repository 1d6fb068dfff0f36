"""What annotators hand in during a trial, and which decision each of it deserves, told without judging it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from tests.service.bench import box

if TYPE_CHECKING:
    import random

    from guidelint.labelstudio.connection.task_client import AnnotationRead
    from guidelint.labelstudio.fake.fake import Json

CONFIG = (
    '<View idAttr="{marker}"><Image name="image" value="$image"/>'
    '<RectangleLabels name="rectangle" toName="image"><Label value="lesion"/></RectangleLabels></View>'
)
"""Labeling config of the guideline of `tests.service.bench`."""


def handed_in(chance: random.Random) -> list[Json]:
    """One lesion: too small, right, or so large that a specialist must see it. No two are quite alike."""
    width, height = chance.choice([((1, 4), 20), ((10, 50), 20), ((60, 80), 60)])
    return box(round(chance.uniform(*width), 6), height)


def deserved(annotation: AnnotationRead) -> str:
    """Decision that an annotation deserves."""
    if annotation.was_cancelled:
        return "skipped"
    (region,) = msgspec.json.decode(annotation.result, type=list[dict[str, Any]])
    area_mm2 = region["value"]["width"] * region["value"]["height"]
    return "returned" if area_mm2 < 100 else "escalated" if area_mm2 > 2000 else "accepted"
