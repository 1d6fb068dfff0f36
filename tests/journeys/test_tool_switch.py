"""Each class stands once: what the switch of tool does to it, with the mouse, with keys, and to who cannot see it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.journeys.room import SMALL, Screen
from tests.labelstudio.chest import FINDINGS, THREE, chest

if TYPE_CHECKING:
    from tests.journeys.room import Room, View

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]

READABLE = 4.5
"""Contrast that text of this size needs (WCAG 2.2, level AA)."""
_CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
_DRAWN = "return Htx.annotationStore.selected.serializeAnnotation().map(item => item.type)"


def drawn(view: View) -> list[str]:
    """Types of what was drawn, as it would be submitted."""
    types: list[str] = view.browser.driver.execute_script(_DRAWN)
    return types


def pressed(view: View) -> list[str]:
    """Positions of the switch that look and are pressed."""
    places = view.browser.driver.find_elements(By.CSS_SELECTOR, ".gl-sw")
    return [place.text.strip() for place in places if place.get_attribute("open") is not None]


def buttons(view: View, selector: str = ".lsf-label") -> list[str]:
    """Class buttons that are shown, with their keys."""
    found = view.browser.driver.find_elements(By.CSS_SELECTOR, selector)
    return [" ".join(item.text.split()) for item in found if item.is_displayed()]


def chosen(view: View) -> list[str]:
    """Class buttons that are shown as chosen."""
    return buttons(view, ".lsf-label_selected")


def test_every_position_of_the_switch_draws_the_same_class_with_its_tool(room: Room) -> None:
    view = room.quick_view(chest(THREE, ("polygon", "rectangle", "ellipse", "brush")), SMALL)
    assert pressed(view) == ["Outline"]
    assert len(buttons(view)) == 3
    for tool, position in (("Box", 100), ("Ellipse", 200), ("Brush", 300), ("Outline", 400)):
        view.editor.draw_with(tool)
        assert pressed(view) == [tool]
        assert len(buttons(view)) == 3
        view.editor.choose("Mass")
        if tool == "Outline":
            view.editor.draw([(100, position), (150, position), (150, position + 40), (100, position)])
        else:
            view.editor.drag((100, position), (150, position + 40))
        view.browser.wait(lambda: len(drawn(view)) == position // 100, "a region to be drawn")  # noqa: B023 - now
        view.editor.key(Keys.ESCAPE)
    view.keep("four-tools")
    assert drawn(view) == ["rectanglelabels", "ellipselabels", "brushlabels", "polygonlabels"]


def test_keys_of_both_tools_work_whatever_the_switch_says_and_what_they_choose_is_seen(room: Room) -> None:
    view = room.quick_view(chest(), SMALL)
    assert pressed(view) == ["Outline"]
    assert len(buttons(view)) == 13
    view.editor.shifted("q")
    assert chosen(view) == ["Atelectasis shift+q"]
    assert len(buttons(view)) == 14
    view.editor.drag((100, 100), (150, 150))
    view.browser.wait(lambda: drawn(view), "a box to be drawn")
    assert drawn(view) == ["rectanglelabels"]
    view.editor.key(Keys.ESCAPE)
    assert len(buttons(view)) == 13

    view.editor.draw_with("Box")
    view.editor.key("a")
    assert chosen(view) == ["Calcification a"]
    view.editor.draw([(200, 200), (250, 200), (250, 250), (200, 200)])
    view.browser.wait(lambda: len(drawn(view)) > 1, "an outline to be drawn")
    view.editor.key(Keys.ESCAPE)
    view.editor.select(2)
    assert chosen(view) == ["Calcification a"]
    view.keep("apart")
    view.editor.key(Keys.ESCAPE)
    before = view.browser.driver.execute_script("return JSON.stringify(Htx.annotationStore.selected.results)")
    view.editor.key(" ")
    assert view.browser.driver.execute_script("return JSON.stringify(Htx.annotationStore.selected.results)") == before
    assert chosen(view) == []


def test_the_switch_is_used_without_a_mouse_and_told_to_who_does_not_see_it(room: Room) -> None:
    view = room.quick_view(chest(), SMALL)
    assert told(view) == {"Outline": True, "Box": False}
    assert "Draw with" in [node["name"]["value"] for node in accessible(view) if role(node) == "group"]
    view.browser.driver.execute_script("document.querySelector('.gl-sw-polygon summary').focus()")
    view.editor.key(Keys.TAB, Keys.SPACE)
    assert pressed(view) == ["Box"]
    view.browser.wait(lambda: told(view) == {"Outline": False, "Box": True}, "the screen reader to be told")
    summary = view.browser.driver.switch_to.active_element
    assert summary.value_of_css_property("outline-style") == "solid"
    view.keep("focused-switch")
    view.editor.shifted("a")
    assert chosen(view) == ["Calcification shift+a"]


def accessible(view: View) -> list[dict[str, Any]]:
    """What a screen reader is told of the page."""
    view.browser.driver.execute_cdp_cmd("Accessibility.enable", {})
    nodes: list[dict[str, Any]] = view.browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [node for node in nodes if "name" in node]


def role(node: dict[str, Any]) -> str:
    value: str = node["role"]["value"]
    return value


def told(view: View) -> dict[str, bool]:
    """Positions of the switch as a screen reader tells them: is it the one that is open?"""
    found: dict[str, bool] = {}
    for node in accessible(view):
        if role(node).startswith("DisclosureTriangle"):
            properties = {item["name"]: item["value"]["value"] for item in node["properties"]}
            found[node["name"]["value"]] = properties["expanded"]
    return {name: found[name] for name in ("Outline", "Box")}


def test_the_switch_stands_on_its_first_position_with_the_next_image(room: Room) -> None:
    """Should Label Studio ever keep it, so much the better: then the list of known flaws is shorter by one."""
    view = room.quick_view(chest(), SMALL)
    view.editor.draw_with("Box")
    assert pressed(view) == ["Box"]
    assert pressed(room.quick_view(chest(), SMALL)) == ["Outline"]


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_chosen_class_is_read_on_its_colour(room: Room, theme: Any) -> None:
    view = room.quick_view(chest(FINDINGS, ("polygon",)), Screen(1280, 900, theme))
    for title in view.asked.titles:
        view.editor.choose(title)
        (label,) = view.browser.driver.find_elements(By.CSS_SELECTOR, ".lsf-label_selected")
        for part in label.find_elements(By.CSS_SELECTOR, "span"):
            assert view.browser.driver.execute_script(_CONTRAST, part) >= READABLE, (title, part.text)
