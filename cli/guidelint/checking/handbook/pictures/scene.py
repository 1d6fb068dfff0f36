"""What a picture shows: marks on an image, the part of it that is in sight, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.validation.rule.evidence import Place

Outcome = Literal["accepted", "returned", "escalated", "pointed-out", "unverified"]


@dataclass(frozen=True, slots=True)
class View:
    """The part of an image that is in sight, in pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Backdrop:
    """The pixels behind the marks."""

    address: str
    """The picture itself, as a ``data:`` address."""
    view: View
    """Which part of the image it is."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Marks on an image."""

    regions: tuple[Region, ...]
    subjects: frozenset[str] = frozenset()
    """Ids of regions that the decision is about; none: all."""
    places: tuple[Place, ...] = ()
    """Points that are shown."""
    spacing_mm: float | None = None
    """Millimetres from pixel to pixel, where sizes are shown; None: they are not."""
    view: View = View(0, 0, 1, 1)
    backdrop: Backdrop | None = None
    label: str = ""
    """Which of several images it is; empty: the only one."""
    answers: tuple[tuple[str, str], ...] = ()
    """Questions with their answers, in the words of the guideline."""
