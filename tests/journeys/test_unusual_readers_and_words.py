"""Annotators who hear the page, who force their own colours, or who enlarge it; and words without an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from tests.journeys.room import SMALL, Screen
from tests.labelstudio.chest import OF_REGION, chest
from tests.labelstudio.chest_reading import regions

from guidelint.labelstudio.config.label_config import label_config
from guidelint.labelstudio.config.marker import Marker

if TYPE_CHECKING:
    from tests.journeys.browser import Browser
    from tests.journeys.room import Room

    from guidelint.language.form.guideline import Attribute, Guideline

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

ENDLESS = "W" * 190
_BACKGROUNDS = """
return [...document.querySelectorAll('.gl-question .ant-checkbox + span')].filter(button => button.offsetWidth)
  .map(button => [button.previousSibling.classList.contains('ant-checkbox-checked'),
                  getComputedStyle(button).backgroundColor])
"""
_NAME_AND_NUMBER = """
const name = document.querySelector('.glv i'), number = document.createRange();
number.setStart(name.nextSibling, 2);
number.setEnd(name.nextSibling, 3);
return [name, number].map(part => part.getBoundingClientRect().left);
"""
_LEAVING = """
const frame = document.querySelector('.gl-frame').getBoundingClientRect();
return [...document.querySelectorAll('.gl-frame *')]
  .filter(part => part.getClientRects().length && part.getBoundingClientRect().right > frame.right + 1)
  .map(part => part.className)
"""


def heard(browser: Browser, role: str) -> list[str]:
    """What a screen reader says of everything of a role."""
    nodes = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [
        node["name"]["value"] for node in nodes if not node["ignored"] and node.get("role", {}).get("value") == role
    ]


def test_every_step_of_a_scale_is_heard_with_its_words_and_chosen_answers_are_seen_in_forced_colours(
    room: Room,
) -> None:
    asked = chest()
    view = room.quick_view(asked, SMALL, regions(asked, 1))
    view.select()
    steps = [f"{step} {words}" for step, words in enumerate(OF_REGION["Malignancy"], 1)]
    assert heard(view.browser, "checkbox")[-len(steps) :] == steps
    assert {"Outline", "Box"} <= set(heard(view.browser, "DisclosureTriangleGrouped"))

    media = "Emulation.setEmulatedMedia"
    view.browser.driver.execute_cdp_cmd(media, {"features": [{"name": "forced-colors", "value": "active"}]})
    try:
        view.keep("forced-colours")
        shown = {(chosen, color) for chosen, color in view.browser.driver.execute_script(_BACKGROUNDS)}
    finally:
        view.browser.driver.execute_cdp_cmd(media, {"features": []})
    of_chosen, of_others = ({color for chosen, color in shown if chosen is wanted} for wanted in (True, False))
    assert of_chosen
    assert of_others
    assert not of_chosen & of_others


def test_the_questions_do_not_cover_the_image_in_a_window_that_is_enlarged_twice(room: Room) -> None:
    asked = chest()
    view = room.quick_view(asked, Screen(960, 540), regions(asked, 1))
    view.select()
    view.browser.driver.execute_script("document.querySelector('.gl-frame').scrollIntoView()")
    assert view.measured("enlarged-twice").image_share > 0.7


def test_no_word_however_long_leaves_its_place(room: Room) -> None:
    asked = chest()
    config = label_config(endless(asked.guideline()), Marker("endless", "1.0.0", "0" * 64))
    view = room.quick_view(asked, SMALL, config=config)
    assert view.measured("endless-words").zoom == 1
    assert len(view.browser.driver.find_elements(By.CSS_SELECTOR, ".gl-group")) > 0
    assert view.browser.driver.execute_script(_LEAVING) == []


def test_a_number_stays_behind_a_name_that_runs_from_right_to_left(room: Room) -> None:
    verdict = '<div class="glv glv-returned" role="status"><p>Region 1 <i>\u05e7\u05e9\u05e8</i>: 5 mm.</p></div>'
    view = room.quick_view(chest(), SMALL, verdict=verdict)
    view.keep("right-to-left-name")
    name, number = view.browser.driver.execute_script(_NAME_AND_NUMBER)
    assert number > name


def endless(guideline: Guideline) -> Guideline:
    """Give every class, its heading, every question and every option a title of one word without an end."""
    classes = {
        name: item.model_copy(update={"title": f"{name}{ENDLESS}", "group": ENDLESS})
        for name, item in guideline.classes.items()
    }
    questions = {name: question(name, item) for name, item in guideline.attributes.items()}
    return guideline.model_copy(update={"classes": classes, "attributes": questions})


def question(name: str, item: Attribute) -> Attribute:
    """Give a question and its options such titles."""
    options = {key: one.model_copy(update={"title": f"{key}{ENDLESS}"}) for key, one in item.options.items()}
    return item.model_copy(update={"title": f"{name}{ENDLESS}", "options": options})
