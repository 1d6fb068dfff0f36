"""What one reader draws on one image: an organ, lesions in it, boxes, a point; and, if wanted, one seeded defect.

Places and sizes are in units of a 512th of the image side, from the middle of the organ. Every shape keeps well clear
of every limit and of its neighbours, so that a defect is found by its own rule alone, however pixels are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, radians, sin, tau
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from tests.bench import strokes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.bench.strokes import Alpha

Json = dict[str, object]
RuleId = Literal[
    "area-limits",
    "diameter-limits",
    "single-piece",
    "no-holes",
    "simple-outline",
    "inside",
    "separate",
    "required-attribute",
]
RULES: tuple[RuleId, ...] = get_args(RuleId)
UNITS = 512
SLOTS = [(90 * cos(radians(turn)), 90 * sin(radians(turn))) for turn in range(30, 390, 60)]
"""Where lesions lie in the organ; between the slots and in the middle there is room."""
MARGINS = ("sharp", "blurred", "spiculated")
Place = tuple[float, float]


@dataclass
class Reader:
    """A reader at work on one image."""

    side: int
    """Rows and columns of the image."""
    organ: Alpha
    """Organ in the middle of a square image of that side."""
    rng: np.random.Generator
    defect: RuleId | None = None
    items: list[Json] = field(default_factory=list[Json])
    at_fault: tuple[str, ...] = ()
    """Ids of the regions that a finding on the defect names."""

    def __post_init__(self) -> None:
        self._scale = self.side / UNITS
        self._middle = self.rng.integers(-16, 17, 2) * self._scale + self.side / 2

    def draw(self) -> list[Json]:
        """Draw everything and give the items of the result."""
        self._paint_organ()
        slots = [SLOTS[index] for index in self.rng.permutation(len(SLOTS))[: self.rng.integers(2, 5)]]
        for slot in slots:
            self._lesion(self._any_lesion(slot))
        if self.defect in _SEEDED:
            _SEEDED[self.defect](self)
        for corner in ((-220, -220), (190, 190))[: self.rng.integers(0, 3)]:
            self._box(corner)
        self._item("keypoint", {**self._at((0, 0)), "width": 0.6}, "centre")
        self._answer(None, "quality", str(self.rng.choice(["good", "limited"])))
        return self.items

    def _paint_organ(self) -> None:
        row, column = (int(middle) - self.side // 2 for middle in self._middle[::-1])
        alpha = strokes.placed([(self.organ, row, column)], self.side)
        if self.defect == "single-piece":
            alpha = np.maximum(alpha, self._stroke((210, 0), 6, 6))
        if self.defect == "no-holes":
            alpha = np.minimum(alpha, 255 - self._stroke((0, 0), 5, 5))
        region = self._item("brush", self._painted(alpha), "organ")
        if self.defect in {"single-piece", "no-holes", "inside"}:
            self.at_fault = (region,)

    def _any_lesion(self, slot: Place) -> tuple[str, Json]:
        """A lesion of any tool and no defect, 24 to 48 units wide."""
        radius = float(self.rng.uniform(12, 24))
        match self.rng.choice(3, p=[0.45, 0.25, 0.3]):
            case 0:
                return "polygon", self._polygon(slot, radius, int(self.rng.integers(10, 41)), unevenness=0.15)
            case 1:
                return "ellipse", self._ellipse(slot, radius, radius * 0.7, float(self.rng.uniform(0, 180)))
            case _:
                return "brush", self._painted(self._stroke(slot, radius, radius * float(self.rng.uniform(0.6, 1))))

    def too_small(self) -> None:
        """A lesion of a few pixels."""
        self.at_fault = (self._lesion(("ellipse", self._ellipse((0, 0), 2.2, 2.2))),)

    def too_long(self) -> None:
        """A lesion across the organ."""
        self.at_fault = (self._lesion(("ellipse", self._ellipse((0, 0), 62, 6, float(self.rng.uniform(-5, 5))))),)

    def crossing(self) -> None:
        """An outline with two vertices in the wrong order."""
        value = self._polygon((0, 0), 18, 12)
        points = value["points"]
        assert isinstance(points, list)
        points[4], points[5] = points[5], points[4]
        self.at_fault = (self._lesion(("polygon", value)),)

    def outside(self) -> None:
        """A lesion in a corner of the image."""
        self.at_fault = (*self.at_fault, self._lesion(self._any_lesion((-208, 208))))

    def overlapping(self) -> None:
        """Two lesions on the same place."""
        one = self._lesion(("polygon", self._polygon((-6, 0), 18, 24)))
        self.at_fault = (one, self._lesion(("ellipse", self._ellipse((8, 5), 14, 12))))

    def unanswered(self) -> None:
        """A lesion whose margin nobody described."""
        tool, value = self._any_lesion((0, 0))
        self.at_fault = (self._item(tool, value, "lesion"),)

    def _lesion(self, drawn: tuple[str, Json]) -> str:
        """Label and describe a lesion; Label Studio repeats the geometry with the answer."""
        tool, value = drawn
        region = self._item(tool, value, "lesion")
        self._answer(region, "margin", str(self.rng.choice(MARGINS)), value)
        return region

    def _box(self, corner: Place) -> None:
        width, height = self.rng.uniform(20, 30, 2) * 100 / UNITS
        turn = float(self.rng.uniform(-20, 20)) % 360
        self._item("rectangle", {**self._at(corner), "width": width, "height": height, "rotation": turn}, "device")

    def _polygon(self, at: Place, radius: float, count: int, unevenness: float = 0.0) -> Json:
        reach = radius * self.rng.uniform(1 - unevenness, 1 + unevenness, count)
        angle = np.arange(count) * (tau / count)
        points = zip(reach * np.cos(angle), reach * np.sin(angle), strict=True)
        corners = [self._at((at[0] + x, at[1] + y)) for x, y in points]
        return {"points": [[corner["x"], corner["y"]] for corner in corners], "closed": True}

    def _ellipse(self, at: Place, radius_x: float, radius_y: float, turn: float = 0.0) -> Json:
        size = {"radiusX": radius_x * 100 / UNITS, "radiusY": radius_y * 100 / UNITS}
        return {**self._at(at), **size, "rotation": turn % 360}

    def _at(self, place: Place) -> Json:
        """Percent of the image of a place in units from the middle of the organ."""
        x, y = self._middle + np.array(place) * self._scale
        return {"x": float(x * 100 / self.side), "y": float(y * 100 / self.side)}

    def _stroke(self, at: Place, radius_x: float, radius_y: float) -> Alpha:
        width, height = (round(2 * radius * self._scale) + 2 for radius in (radius_x, radius_y))
        x, y = self._middle + np.array(at) * self._scale
        stamp = strokes.oval(height, width)
        return strokes.placed([(stamp, round(y) - height // 2, round(x) - width // 2)], self.side)

    @staticmethod
    def _painted(alpha: Alpha) -> Json:
        return {"format": "rle", "rle": list(strokes.rle(alpha))}

    def _item(self, tool: str, value: Json, label: str) -> str:
        """Add a labelled region and give its id."""
        region = new_id(self.rng)
        self.items.append(self._region(region, tool, f"{tool}labels", {**value, f"{tool}labels": [label]}))
        return region

    def _answer(
        self, region: str | None, question: str, answer: str, value: Mapping[str, object] | None = None
    ) -> None:
        if region is None:
            item = {"value": {"choices": [answer]}, "id": new_id(self.rng), "from_name": question}
            self.items.append({**item, "to_name": "image", "type": "choices", "origin": "manual"})
        else:
            self.items.append(self._region(region, question, "choices", {**(value or {}), "choices": [answer]}))

    def _region(self, region: str, control: str, kind: str, value: Json) -> Json:
        return {
            "original_width": self.side,
            "original_height": self.side,
            "image_rotation": 0,
            "value": value,
            "id": region,
            "from_name": control,
            "to_name": "image",
            "type": kind,
            "origin": "manual",
        }


_SEEDED: Mapping[RuleId | None, Callable[[Reader], None]] = {
    "area-limits": Reader.too_small,
    "diameter-limits": Reader.too_long,
    "simple-outline": Reader.crossing,
    "inside": Reader.outside,
    "separate": Reader.overlapping,
    "required-attribute": Reader.unanswered,
}
_LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"))


def new_id(rng: np.random.Generator) -> str:
    """An id as the editor makes them."""
    return "".join(_LETTERS[rng.integers(0, 64, 10)].tolist())


def organs(side: int, count: int, rng: np.random.Generator) -> Iterator[Alpha]:
    """Organs to choose from: of ten, five with a smooth border, three with a rough, two with a ragged one."""
    for index in range(count):
        yield strokes.organ(side, ("smooth", "rough", "ragged")[(index % 10 >= 5) + (index % 10 >= 8)], rng)
