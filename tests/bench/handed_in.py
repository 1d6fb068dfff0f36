"""A great many small submissions, and every rule of the catalogue that gathers over them, for benchmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from guidelint.annotation.region import Region
from guidelint.annotation.shape import Polygon, Rectangle, Shape
from guidelint.annotation.submission import Submission
from guidelint.annotation.task_facts import TaskFacts
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.gathering import GatheringRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ANNOTATORS = 20
SLICES = 100
"""Tasks in a row are slices of one series, and of one patient."""
SIZE_PX = 512
CLASSES = ("a", "b", "lesion")
ANGLES = np.linspace(0, 2 * np.pi, 10, endpoint=False)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
GIVEN: Mapping[str, Mapping[str, object]] = {
    "class-balance": {"shares": {"a": {"min": 0.3}, "b": {"max": 0.4}}},
    "copied-work": {},
    "count-limits": {"max": 3, "per": "patient"},
    "identical-shapes": {},
    "minimum-time": {"min_s": 30, "max_faster_fraction": 0.6},
    "overlap-agreement": {"min_dice": 0.5},
}
"""Parameters where those of the first case are not the usual ones."""


def rules() -> Iterator[GatheringRule[object]]:
    """Give every rule that gathers, as a guideline would use it."""
    for name, rule in sorted(catalogue().items()):
        if issubclass(rule, GatheringRule):
            for given in (GIVEN[name],) if name in GIVEN else (case.given for case in rule.cases):
                made = rule.model_validate_json(msgspec.json.encode(given))
                if made.over() is not None:
                    yield made
                    break


def submission(number: int) -> Submission:
    """Two boxes and an outline that nobody else has; of each task one reader."""
    task = str(number + 1)
    image = _image(number)
    return Submission(
        task,
        str(number + 1),
        f"reader {number % ANNOTATORS}",
        image,
        tuple(_region(place, _shape(number, place), image) for place in range(len(CLASSES))),
        lead_time_s=20.0 + number % 37,
    )


def task_facts(number: int) -> TaskFacts:
    """Its task."""
    return TaskFacts(str(number + 1), (f"/data/{number}.png",), annotations=1)


def _image(number: int) -> ImageFacts:
    series, slice_ = divmod(number, SLICES)
    place = SlicePlace((0.0, 0.0, float(slice_)), AXIAL)
    return ImageFacts(
        SIZE_PX, SIZE_PX, Spacing(1.0, 1.0), series_uid=f"1.2.{series}", patient=f"patient {series}", place=place
    )


def _shape(number: int, place: int) -> Shape:
    x, y = 20 + number % 97 + number * 1e-3, 30 + 50 * place + number // 997 * 1e-2
    if place:
        return Rectangle(x, y, 20 + number % 31, 18)
    return Polygon(CIRCLE * (12 + number % 13) + (x, y))


def _region(place: int, shape: Shape, image: ImageFacts) -> Region:
    return Region(
        f"r{place}",
        CLASSES[place],
        shape,
        (SIZE_PX, SIZE_PX),
        spacing=image.spacing,
        number=place + 1,
        item=place + 1,
        object_name=f"object {place}",
    )
