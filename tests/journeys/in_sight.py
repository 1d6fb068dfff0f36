"""What a person sees of the editor without scrolling."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.journeys.browser import Browser

_ASK = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class InSight:
    """Places and sizes in pixels of the window; a question is in sight when all of it is."""

    zoom: float
    """1: the picture fills its frame exactly; more: its borders are hidden."""
    image_left: float
    image_top: float
    image_width: float
    image_height: float
    image_share: float
    """Share of the picture's area that nothing hides: neither frame, bars nor what is docked over it."""
    region_questions: int
    image_questions: int
    classes: tuple[str, ...]
    """Class buttons that are shown, be they scrolled out of sight."""
    classes_in_sight: int
    class_rows: int
    classes_cut: tuple[str, ...]
    """Classes whose name does not fit its button."""
    banner_height: float


def in_sight(browser: Browser, of_region: Sequence[str], of_image: Sequence[str]) -> InSight:
    """Measure the editor once it has come to rest: the same twice; questions are known by their titles."""
    asked = [list(of_region), list(of_image)]
    before: list[InSight | None] = [None]

    def at_rest() -> InSight | None:
        before.append(msgspec.convert(browser.driver.execute_script(_ASK, *asked), InSight | None))
        return before[-1] if before[-1] == before[-2] else None

    return browser.wait(at_rest, "the editor to come to rest")
