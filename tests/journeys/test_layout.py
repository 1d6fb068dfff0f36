"""What the editor's layout is held to, row by row: the whole picture, high up, with the questions beside it.

The figures are those that were measured when the layout was designed; a figure that is better is as good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.keys import Keys
from tests.journeys.edge_marked import SQUARE, TALL, WIDE, Shape
from tests.journeys.room import LARGE, OLD, SMALL, Screen
from tests.labelstudio.chest import GERMAN, MORE_FINDINGS, THREE, Chest, arabic_chest, chest
from tests.labelstudio.chest_reading import PLACES, one_finding, regions, twelve_findings, verdict_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.in_sight import InSight
    from tests.journeys.room import Room, View
    from tests.labelstudio.chest_reading import Items

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

ALL = 1.0
ONE_LINE = 30
"""Height of a verdict that is folded, in pixels, at most."""
_FIRST_X = "return Htx.annotationStore.selected.regions[0].points[0].x"


@dataclass(frozen=True, slots=True)
class Row:
    """What must be in sight in quick view, no region selected and one selected."""

    name: str
    asked: Chest
    screen: Screen
    top: float
    """Upper edge of the picture, in pixels from that of the window, at most."""
    side: float
    """Longer side of the picture as shown, in pixels, at least."""
    share: float = ALL
    """Share of the picture that stays in sight while a region is selected, at least; before it is all of it."""
    image_questions: int = 3
    """So many of three, at least, while a region is selected."""
    reading: Callable[[Chest], Items] | None = None
    """What was submitted and judged; None: one region that nobody judged."""
    shape: Shape = SQUARE

    def __str__(self) -> str:
        return f"{self.name}-{self.screen}"


ROWS = (
    Row("3-classes", chest(THREE), SMALL, top=110, side=483),
    Row("13-classes", chest(), SMALL, top=110, side=483),
    Row("12-findings", chest(), SMALL, top=140, side=483, reading=twelve_findings),
    Row("12-findings", chest(), Screen(1280, 900, "Dark"), top=140, side=483, reading=twelve_findings),
    Row("1-finding", chest(), SMALL, top=175, side=483, image_questions=0, reading=one_finding),
    Row("40-classes-12-findings", chest(MORE_FINDINGS), SMALL, top=140, side=483, reading=twelve_findings),
    Row("40-classes", chest(MORE_FINDINGS), LARGE, top=110, side=836),
    Row("tall", chest(), SMALL, top=110, side=483, shape=TALL),
    Row("tall", chest(), LARGE, top=110, side=836, shape=TALL),
    Row("wide", chest(), SMALL, top=110, side=483, shape=WIDE),
    Row("13-classes", chest(), OLD, top=140, side=342, image_questions=0),
    Row("12-findings", chest(), OLD, top=140, side=342, share=0.9, image_questions=0, reading=twelve_findings),
    Row("tall", chest(), OLD, top=140, side=342, image_questions=0, shape=TALL),
    Row("german", chest(GERMAN), SMALL, top=110, side=483),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_whole_picture_and_all_questions_of_a_region_are_in_sight(room: Room, row: Row) -> None:
    held_to(room, row)


def held_to(room: Room, row: Row) -> tuple[View, InSight]:
    """Open a task, then select a region, and measure both; the view and what was in sight when it opened."""
    items = row.reading(row.asked) if row.reading else regions(row.asked, 1)
    verdict = verdict_html(row.asked, items) if row.reading else ""
    view = room.quick_view(row.asked, row.screen, items, verdict=verdict, shape=row.shape)
    seen = view.measured(row.name)
    assert seen.zoom == 1
    assert seen.image_share == ALL
    assert seen.image_top <= row.top
    assert max(seen.image_width, seen.image_height) >= row.side
    assert seen.image_width / seen.image_height == pytest.approx(row.shape[0] / row.shape[1], abs=0.01)
    assert min(view.borders(seen, row.name).values()) > 0.4
    assert len(seen.classes) == len(row.asked.titles)
    assert seen.classes_cut == ()
    assert seen.image_questions == 3

    view.select()
    selected = view.measured(f"{row.name}-selected")
    assert (selected.zoom, selected.image_top) == (1, seen.image_top)
    assert selected.image_share >= row.share
    assert selected.region_questions == 9
    assert selected.image_questions >= row.image_questions
    return view, seen


def test_where_it_is_narrow_a_verdict_is_one_line_until_it_is_opened(room: Room) -> None:
    items = twelve_findings(chest())
    view = room.quick_view(chest(), SMALL, items, verdict=verdict_html(chest(), items))
    folded = view.measured("banner-folded")
    assert folded.banner_height <= ONE_LINE
    view.browser.see(".glv summary").click()
    opened = view.measured("banner-opened")
    assert "Malignancy" in view.editor.banner()
    assert opened.banner_height > folded.banner_height
    assert (opened.zoom, opened.image_share) == (1, ALL)

    view.select()
    selected = view.measured("banner-opened-selected")
    assert selected.image_share >= 0.85
    assert selected.region_questions == 9


def test_where_it_is_wide_a_verdict_of_a_few_kinds_stands_open_beside_the_picture(room: Room) -> None:
    row = Row("12-findings", chest(), LARGE, top=110, side=836, reading=twelve_findings)
    view, seen = held_to(room, row)
    assert seen.banner_height > 2 * ONE_LINE
    assert "Malignancy" in view.browser.driver.execute_script("return document.querySelector('.glv').innerText")


@pytest.mark.parametrize(
    ("screen", "top", "side"), [(SMALL, 62, 556), (LARGE, 62, 910), (OLD, 94, 342)], ids=["small", "large", "old"]
)
def test_the_label_stream_shows_all_of_it_too_and_asks_beside_what_was_just_drawn(
    room: Room, screen: Screen, top: float, side: float
) -> None:
    verdict = verdict_html(chest(), twelve_findings(chest()))
    view = room.label_stream(chest(), screen, verdict=verdict)
    seen = view.measured("stream")
    assert (seen.zoom, seen.image_share, seen.image_questions, seen.classes_cut) == (1, ALL, 3, ())
    assert seen.image_top <= top
    assert seen.image_width >= side
    assert min(view.borders(seen, "stream").values()) > 0.4

    view.editor.choose("Nodule")
    view.editor.draw([(110, 160), (170, 160), (170, 210), (110, 210), (110, 160)])
    view.editor.key("v")
    view.select()
    drawn = view.measured("stream-drawn")
    assert (drawn.zoom, drawn.image_top, drawn.image_share) == (1, seen.image_top, ALL)
    assert drawn.region_questions == 9


def test_among_40_classes_one_is_found_by_typing(room: Room) -> None:
    view = room.quick_view(chest(MORE_FINDINGS), SMALL)
    assert view.measured("filter-empty").classes_in_sight < 40
    view.editor.chord(Keys.SHIFT, "f")
    view.browser.wait(lambda: view.browser.driver.switch_to.active_element.tag_name == "input", "the filter")
    view.editor.key("tube")
    view.browser.wait(lambda: len(view.measured("filter").classes) == 2, "two classes to be left")
    seen = view.measured("filter")
    assert seen.classes == ("Tracheal Tube", "Gastric Tube")
    assert seen.classes_in_sight == 2


def test_in_a_language_from_right_to_left_everything_but_the_picture_is_mirrored(room: Room) -> None:
    view, seen = held_to(room, Row("arabic", arabic_chest(), SMALL, top=110, side=483))
    buttons = view.browser.see(".lsf-label").rect
    assert buttons["x"] + buttons["width"] <= seen.image_left
    assert view.browser.driver.execute_script(_FIRST_X) == pytest.approx(PLACES[0][0])
