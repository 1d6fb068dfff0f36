"""A scene: marks of simple shapes with answers on a canvas, from which an example is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from guidelint.annotation.tool import Tool

SIDE_PX: Final = 400
LARGE_SIDE_PX: Final = 16_000
"""Side of an image as large as a slide, for structures of millions of pixels."""
_VERTICES: Final = 8
_DECIMALS: Final = 3
_LEAST_AROUND_SLIT: Final = 3
Answers = Mapping[str, tuple[str | float, ...]]


@dataclass(frozen=True, slots=True)
class Mark:
    """One region."""

    of: str
    tool: Tool
    x: float
    y: float
    """Its centre, in pixels."""
    width: float
    height: float
    answers: Answers = field(default_factory=dict[str, "tuple[str | float, ...]"])
    object: str = ""
    """Name of the object over slices; empty: none."""
    on: str = ""
    """Which of the images of a task it lies on; empty: the one on which its class is drawn."""
    crossed: bool = False
    """Whether the outline crosses itself."""
    unclosed: bool = False
    """Whether the outline was left open."""
    hole_px: float = 0.0
    """Pixels of a slit in what is painted."""
    island_px: float = 0.0
    """Pixels that are painted beside it."""

    @property
    def drawn(self) -> dict[str, Any]:
        """Write it as an entry of `drawn`."""
        named = {key: value for key, value in (("on", self.on), ("object", self.object)) if value}
        answers = {"answers": {name: _plain(values) for name, values in self.answers.items()}} if self.answers else {}
        unclosed = {"unclosed": True} if self.unclosed and self.tool == "polygon" else {}
        return {"class": self.of, **named, self.tool: self._shape(), **unclosed, **answers}

    def enlarged(self, times: float) -> Mark:
        """Draw it so many times as large, and as far from the corner."""
        x, y, width, height = (times * one for one in (self.x, self.y, self.width, self.height))
        return replace(self, x=x, y=y, width=width, height=height)

    def _shape(self) -> list[Any]:
        left, top = self.x - self.width / 2, self.y - self.height / 2
        match self.tool:
            case "keypoint":
                return [_px(self.x), _px(self.y)]
            case "rectangle":
                return [_px(left), _px(top), _px(self.width), _px(self.height)]
            case "ellipse":
                return [_px(self.x), _px(self.y), _px(self.width / 2), _px(self.height / 2)]
            case "polygon":
                return self._outline()
            case "vector":
                return [[_px(left), _px(self.y)], [_px(left + self.width), _px(self.y + self.height / 10)]]
            case _:
                return self._boxes(round(left), round(top), max(1, round(self.width)), max(1, round(self.height)))

    def _boxes(self, left: int, top: int, width: int, height: int) -> list[list[int]]:
        """Paint boxes around a slit, and one beside."""
        island = [[left + width + 3, top, round(self.island_px), 1]] if round(self.island_px) else []
        slit = min(round(self.hole_px), width - 2)
        if slit < 1 or height < _LEAST_AROUND_SLIT:
            return [[left, top, width, height], *island]
        middle = top + height // 2
        behind = [left + 1 + slit, middle, width - 1 - slit, 1]
        above, below = [left, top, width, middle - top], [left, middle + 1, width, top + height - middle - 1]
        return [above, [left, middle, 1, 1], behind, below, *island]

    def _outline(self) -> list[list[float]]:
        angles = [2 * pi * at / _VERTICES for at in range(_VERTICES)]
        if self.crossed:
            angles[1], angles[_VERTICES // 2] = angles[_VERTICES // 2], angles[1]
        half_width, half_height = self.width / 2, self.height / 2
        return [[_px(self.x + half_width * cos(one)), _px(self.y + half_height * sin(one))] for one in angles]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn and answered on a canvas."""

    marks: tuple[Mark, ...] = ()
    answers: Answers = field(default_factory=dict[str, "tuple[str | float, ...]"])
    side_px: int = SIDE_PX
    spacing_mm: float | None = 0.5
    modality: str = ""
    """Empty: the first that is allowed."""
    facts: Mapping[str, str | float] = field(default_factory=dict[str, "str | float"])
    readings: tuple[tuple[Mark, ...], ...] = ()
    """What further readers marked."""
    is_of_readers: bool = False
    """Whether it tells how many readers there are, be it one."""

    @property
    def image(self) -> dict[str, Any]:
        """Write what is known of the canvas."""
        known: dict[str, Any] = {"rows": self.side_px, "columns": self.side_px}
        if self.spacing_mm is not None:
            known["spacing_mm"] = float(f"{self.spacing_mm:.6g}")
        if self.modality:
            known["modality"] = self.modality
        return known | ({"facts": dict(self.facts)} if self.facts else {})

    @property
    def marked(self) -> dict[str, Any]:
        """Write what is marked and answered."""
        if not self.is_of_readers:
            return _marked(self.marks, self.answers)
        every = (self.marks, *self.readings)
        named = zip("abcdefgh", every, strict=False)
        return {"readings": [{"reader": name, **_marked(marks, self.answers)} for name, marks in named]}

    def with_mark(self, at: int, mark: Mark) -> Scene:
        """Put a mark in place of another."""
        return replace(self, marks=(*self.marks[:at], mark, *self.marks[at + 1 :]))

    def enlarged(self) -> Scene:
        """Draw the same on a large image, everything as many times as large."""
        times = LARGE_SIDE_PX / self.side_px
        marks = tuple(mark.enlarged(times) for mark in self.marks)
        return replace(self, side_px=LARGE_SIDE_PX, marks=marks)


def between(first: Scene, second: Scene, share: float) -> Scene | None:
    """Give the scene that lies at a share of the way; None where they differ in more than numbers."""
    if len(first.marks) != len(second.marks) or len(first.readings) != len(second.readings):
        return None
    marks = tuple(_mark_between(*both, share) for both in zip(first.marks, second.marks, strict=True))
    readings = tuple(
        tuple(_mark_between(*both, share) for both in zip(one, other, strict=False))
        for one, other in zip(first.readings, second.readings, strict=True)
    )
    if first.spacing_mm is None or second.spacing_mm is None:
        return replace(first, marks=marks, readings=readings)
    spacing_mm = _number_between(first.spacing_mm, second.spacing_mm, share)
    return replace(first, marks=marks, readings=readings, spacing_mm=spacing_mm)


def _mark_between(one: Mark, other: Mark, share: float) -> Mark:
    return replace(
        one,
        x=_number_between(one.x, other.x, share),
        y=_number_between(one.y, other.y, share),
        width=_number_between(one.width, other.width, share),
        height=_number_between(one.height, other.height, share),
        hole_px=_number_between(one.hole_px, other.hole_px, share),
        island_px=_number_between(one.island_px, other.island_px, share),
    )


def _number_between(one: float, other: float, share: float) -> float:
    return other if share == 1 else one + (other - one) * share


def _marked(marks: tuple[Mark, ...], answers: Answers) -> dict[str, Any]:
    drawn = {"drawn": [mark.drawn for mark in marks]} if marks else {}
    return drawn | ({"answers": {name: _plain(values) for name, values in answers.items()}} if answers else {})


def _plain(values: tuple[str | float, ...]) -> Any:
    plain = [_as_step(one) for one in values]
    return plain[0] if len(plain) == 1 else plain


def _as_step(value: str | float) -> str | float:
    return int(value) if isinstance(value, str) and value.isdecimal() and str(int(value)) == value else value


def _px(value: float) -> float:
    rounded = round(value, _DECIMALS)
    return int(rounded) if rounded == int(rounded) else rounded
