"""Annotators read the instructions in Label Studio's own window, on screens of any width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from tests.journeys.edge_marked import SQUARE, edge_marked
from tests.journeys.room import LARGE, SMALL, Screen
from tests.journeys.server import call
from tests.labelstudio.chest import MORE_FINDINGS, THREE, Chest, arabic_chest, chest

if TYPE_CHECKING:
    from tests.journeys.room import Room

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

PHONE: Final = Screen(390, 800)
_MEASURE: Final = """
const numbers = color => color.match(/[0-9.]+/g).map(Number);
const luminance = rgb => rgb.map(value => value / 255)
  .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
const contrast = (one, behind) => {
  const [ground, ink] = [getComputedStyle(behind).backgroundColor, getComputedStyle(one).color].map(numbers);
  const opacity = Number(getComputedStyle(one).opacity);
  const seen = [0, 1, 2].map(at => opacity * ink[at] + (1 - opacity) * ground[at]);
  const [low, high] = [luminance(seen), luminance(ground.slice(0, 3))].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const shown = [...document.querySelectorAll('.gli')].find(one => one.getBoundingClientRect().width > 0);
const box = one => one.getBoundingClientRect();
const content = shown.closest('[class*="modal-ls__content"]');
const window_ = box(content);
const row = shown.querySelector('.gli-rows tr');
const own = [...shown.querySelectorAll('.gli [dir="auto"]')];
return {
  left: window_.left, right: document.documentElement.clientWidth - window_.right,
  too_wide: [...shown.querySelectorAll('*')].filter(
    one => one.clientWidth && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 200)),
  beside: box(row.cells[1]).left >= box(row.cells[0]).right,
  swatches: new Set([...shown.querySelectorAll('.gli-swatch')].map(one => getComputedStyle(one).backgroundColor)).size,
  contrast: Math.min(...[...shown.querySelectorAll('td, th, em, h4, .gli-note')].map(one => contrast(one, content))),
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
    contrast: float
    """Smallest contrast of words with the window behind them (WCAG 2)."""
    directions: list[str]
    """Directions in which words of the author run."""


ASKED = {"3 classes": chest(THREE), "13 classes": chest(), "40 classes": chest(MORE_FINDINGS)}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_all_of_the_instructions_fits_into_their_window(room: Room, asked: Chest) -> None:
    open_instructions(room, asked, SMALL)
    for screen in (SMALL, LARGE, PHONE):
        room.enter(screen)
        seen = measured(room)
        room.browser.screenshot(f"instructions-{len(asked.titles)}-{screen}")
        assert min(seen.left, seen.right) >= 0
        assert seen.too_wide == []
        assert seen.beside == (screen is not PHONE)
        assert seen.swatches == min(len(asked.titles), 16)
        assert seen.directions == ["ltr"]


@pytest.mark.parametrize("screen", [SMALL, Screen(1280, 900, "Dark")], ids=str)
def test_the_instructions_can_be_read_in_light_and_dark(room: Room, screen: Screen) -> None:
    open_instructions(room, chest(), screen)
    room.browser.screenshot(f"instructions-13-{screen}")
    dark = room.browser.driver.execute_script("return document.documentElement.dataset.colorScheme === 'dark'")
    assert dark == (screen.theme == "Dark")
    assert measured(room).contrast >= 4.5


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
    kept = call(room.studio.api, "GET", f"/api/projects/{project}/")["expert_instruction"]
    assert kept == made["instructions.html"]
    room.studio.tasks(project, [{"image": edge_marked(SQUARE)}])
    room.browser.open(f"{room.studio.url}/projects/{project}/data?labeling=1")
    room.browser.see(".gli")


def measured(room: Room) -> Window:
    """Measure the window on the screen that is there."""
    return Window(**room.browser.driver.execute_script(_MEASURE))
