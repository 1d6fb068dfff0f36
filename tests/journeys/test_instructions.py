"""Annotators read the instructions in Label Studio's own window, on screens of any width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from tests.journeys.edge_marked import SQUARE, edge_marked
from tests.journeys.room import LARGE, SMALL, Screen
from tests.labelstudio.chest import MORE_FINDINGS, THREE, Chest, arabic_chest, chest

if TYPE_CHECKING:
    from tests.journeys.room import Room

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

PHONE: Final = Screen(390, 800)
_MEASURE: Final = """
const shown = [...document.querySelectorAll('.gli')].find(one => one.getBoundingClientRect().width > 0);
const box = one => one.getBoundingClientRect();
const window_ = box(shown.closest('[class*="modal-ls__content"]'));
const row = shown.querySelector('.gli-rows tr');
const own = [...shown.querySelectorAll('.gli [dir="auto"]')];
return {
  left: window_.left, right: document.documentElement.clientWidth - window_.right,
  too_wide: [...shown.querySelectorAll('*')].filter(
    one => one.clientWidth && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 200)),
  beside: box(row.cells[1]).left >= box(row.cells[0]).right,
  swatches: new Set([...shown.querySelectorAll('.gli-swatch')].map(one => getComputedStyle(one).backgroundColor)).size,
  directions: [...new Set(own.map(one => getComputedStyle(one).direction))].sort(),
};
"""


@dataclass(frozen=True)
class Window:
    """What is seen of the instructions' window; lengths in pixels."""

    left: float
    """From the page's edge to the window's."""
    right: float
    too_wide: list[str]
    """Elements whose content does not fit in."""
    beside: bool
    """Whether what is told of a name stands beside it, not below."""
    swatches: int
    """Different colours of classes."""
    directions: list[str]
    """Directions in which words of the author run."""


ASKED = {"3 classes": chest(THREE), "13 classes": chest(), "40 classes": chest(MORE_FINDINGS)}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_all_of_the_instructions_fits_into_their_window(room: Room, asked: Chest) -> None:
    open_instructions(room, asked, SMALL)
    for screen in (SMALL, LARGE, PHONE, Screen(1280, 900, "Dark")):
        room.enter(screen)
        seen = measured(room)
        room.browser.screenshot(f"instructions-{len(asked.titles)}-{screen}")
        assert min(seen.left, seen.right) >= 0
        assert seen.too_wide == []
        assert seen.beside == (screen is not PHONE)
        assert seen.swatches == min(len(asked.titles), 16)
        assert seen.directions == ["ltr"]


def test_words_of_an_author_run_from_right_to_left_where_they_are_written_so(room: Room) -> None:
    asked = arabic_chest()
    open_instructions(room, asked, SMALL)
    for screen in (SMALL, PHONE):
        room.enter(screen)
        seen = measured(room)
        room.browser.screenshot(f"instructions-arabic-{screen}")
        assert seen.too_wide == []
        assert seen.directions == ["ltr", "rtl"]


def open_instructions(room: Room, asked: Chest, screen: Screen) -> None:
    """Open the label stream of a project of the guideline, whose instructions open by themselves."""
    room.enter(screen)
    made = asked.outputs()
    settings = {"expert_instruction": made["instructions.html"], "show_instruction": True}
    project = room.studio.project("Instructions", made["label_config.xml"], **settings)
    room.studio.tasks(project, [{"image": edge_marked(SQUARE)}])
    room.browser.open(f"{room.studio.url}/projects/{project}/data?labeling=1")
    room.browser.see(".gli")


def measured(room: Room) -> Window:
    """Measure the window on the screen that is there."""
    return Window(**room.browser.driver.execute_script(_MEASURE))
