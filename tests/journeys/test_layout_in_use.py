"""How the layout behaves while one works: scrolling beside the picture, switching the tool, the next task, a finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.journeys.room import LARGE, OLD, SMALL, Screen
from tests.labelstudio.chest import MORE_FINDINGS, chest

if TYPE_CHECKING:
    from tests.journeys.room import Room, View

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

_TO_THE_END = (
    "const box = document.querySelector('.lsf-main-content'); box.scrollTop = box.scrollHeight; return box.scrollTop"
)
_STORED = "return Htx.annotationStore.selected.regions.map(region => [region.type, region.labels.join()])"
BOX = ((110, 160), (170, 210))


def pressed(view: View) -> list[str]:
    """Positions of the switch of tool that are open."""
    positions = view.browser.driver.find_elements(By.CSS_SELECTOR, ".gl-sw")
    return [item.text.strip() for item in positions if item.get_attribute("open")]


def test_the_picture_stays_in_sight_while_the_column_beside_it_is_scrolled_to_its_end(room: Room) -> None:
    view = room.quick_view(chest(MORE_FINDINGS), LARGE)
    before = view.measured("scroll-top")
    assert view.browser.driver.execute_script(_TO_THE_END) > 300
    after = view.measured("scroll-end")
    assert (after.zoom, after.image_share, after.image_width) == (1, 1, before.image_width)
    assert after.classes_in_sight == 0


def test_the_switch_answers_to_the_keyboard_and_what_is_drawn_is_of_the_tool_that_is_shown(room: Room) -> None:
    view = room.quick_view(chest(), SMALL)
    assert pressed(view) == ["Outline"]
    box = view.browser.driver.find_elements(By.CSS_SELECTOR, ".gl-sw summary")[1]
    view.browser.driver.execute_script("arguments[0].focus()", box)
    view.keep("switch-focused")
    view.editor.key(Keys.SPACE)
    view.browser.wait(lambda: pressed(view) == ["Box"], "boxes to be chosen")
    assert len(view.measured("switch-box").classes) == 13

    view.editor.choose("Nodule")
    view.editor.drag(*BOX)
    view.keep("switch-drawn")
    drawn = view.browser.wait(lambda: view.browser.driver.execute_script(_STORED), "a region")
    assert drawn == [["rectangleregion", "nodule"]]


def test_in_the_label_stream_the_next_task_begins_with_the_first_tool_again(room: Room) -> None:
    view = room.label_stream(chest(), SMALL)
    room.task(view.editor.project)
    view.browser.driver.find_elements(By.CSS_SELECTOR, ".gl-sw summary")[1].click()
    view.browser.wait(lambda: pressed(view) == ["Box"], "boxes to be chosen")
    view.editor.skip()
    view.browser.wait(lambda: pressed(view) == ["Outline"], "the next task with the first tool")
    assert view.measured("next-task").zoom == 1


def test_a_finger_works_the_switch_and_sees_the_whole_picture(room: Room) -> None:
    """What is ours takes a finger; drawing, which is Label Studio's, takes none."""
    view = room.quick_view(chest(), Screen(OLD.width, OLD.height, touch=True))
    seen = view.measured("touch")
    assert (seen.zoom, seen.image_share, seen.image_questions) == (1, 1, 3)
    box = view.browser.driver.find_elements(By.CSS_SELECTOR, ".gl-sw summary")[1]
    place = view.browser.driver.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return {x: r.left + r.width / 2, y: r.top + r.height / 2}", box
    )
    for kind, points in (("touchStart", [place]), ("touchEnd", [])):
        view.browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    view.browser.wait(lambda: pressed(view) == ["Box"], "boxes to be chosen")
