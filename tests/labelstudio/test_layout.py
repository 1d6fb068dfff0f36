"""How the labeling config arranges what annotators see; how much of it is in sight is measured in a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.labelstudio.guidelines import everything, parsed

from guidelint.labelstudio.config.colours import PALETTE
from guidelint.labelstudio.config.contrast import contrast, dark_on
from guidelint.labelstudio.config.label_config import label_config
from guidelint.labelstudio.config.marker import Marker
from guidelint.labelstudio.config.tags import problems_of
from guidelint.labelstudio.config.tool_switch import switch_of
from guidelint.language.form.guideline import ClassDefinition, Guideline
from guidelint.language.library import Holding, released
from guidelint.language.load import load

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from guidelint.annotation.tool import Tool

MADE_FROM = Marker("every-tool", "2.1.0", "0123456789abcdef" * 4)
CONTROLS = Path(__file__).parents[1] / "data" / "controls"
READABLE = 4.5
"""Contrast that text of this size needs (WCAG 2.2, level AA)."""


def config(guideline: Guideline) -> ET.Element:
    return parsed(label_config(guideline, MADE_FROM))


def with_classes(**classes: ClassDefinition) -> Guideline:
    """A guideline of these classes without questions."""
    return everything().model_copy(update={"classes": classes, "attributes": {}})


def drawn(*draw: Tool, title: str = "Mass", **more: str) -> ClassDefinition:
    return ClassDefinition(title=title, definition="Something.", draw=draw).model_copy(update=more)


def named(root: ET.Element, style_class: str) -> list[ET.Element]:
    return [item for item in root.iter() if style_class in item.get("className", "").split()]


def controls(root: ET.Element) -> dict[str, dict[str, Any]]:
    """What a config stores under which names."""
    return {
        item.get("name", ""): {
            "tag": item.tag,
            "to": item.get("toName"),
            "values": [value.get("alias") for value in item.iter() if value.tag in {"Label", "Choice"}],
        }
        for item in root.iter()
        if "toName" in item.attrib and item.tag != "Filter"
    }


@pytest.mark.parametrize("item", released(), ids=lambda item: item.label)
def test_what_is_stored_is_what_the_first_release_stored(item: Holding) -> None:
    """Projects with annotations keep their controls: Label Studio refuses a config that drops one in use."""
    before = json.loads((CONTROLS / f"{item.name}-{'.'.join(map(str, item.version))}.json").read_text("utf-8"))
    assert controls(config(load(item.text))) == before


def test_regions_are_asked_about_before_the_image_and_definitions_come_last() -> None:
    (frame,) = named(config(everything()), "gl-frame")
    assert [item.get("className") for item in frame] == [
        "gl-verdict-place",
        "gl-classes",
        "gl-image",
        "gl-ask",
        "gl-image-ask",
        "gl-help",
    ]


def test_where_nothing_is_asked_nothing_stands_below_the_image() -> None:
    root = config(with_classes(mass=drawn("polygon")))
    assert named(root, "gl-ask") == named(root, "gl-image-ask") == []


def test_the_dock_waits_for_a_region_of_a_class_that_is_asked_about() -> None:
    (dock,) = named(config(everything()), "gl-ask")
    assert (dock.get("visibleWhen"), dock.get("whenLabelValue")) == ("region-selected", "mass,node")


def test_classes_of_one_tool_need_no_switch() -> None:
    root = config(with_classes(mass=drawn("polygon"), cyst=drawn("polygon", title="Cyst")))
    assert named(root, "gl-switch-place") == named(root, "gl-at") == []


def test_tools_that_share_no_class_stand_one_below_the_other_by_name() -> None:
    root = config(with_classes(mass=drawn("polygon"), centre=drawn("keypoint", title="Centre")))
    assert named(root, "gl-switch-place") == named(root, "gl-at") == named(root, "gl-apart-only") == []
    assert [item.get("value") for item in named(root, "gl-tool-name")] == ["<div>Outline</div>", "<div>Point</div>"]


def test_the_switch_offers_the_tools_that_share_classes_and_opens_with_the_preferred_one() -> None:
    guideline = with_classes(
        mass=drawn("rectangle", "polygon"), cyst=drawn("rectangle", "brush"), centre=drawn("keypoint")
    )
    (place,) = named(config(guideline), "gl-switch-place")
    switch = parsed(place.get("value", "").replace(" open>", ' open="">'))
    assert [(item.findtext("summary"), item.get("name"), "open" in item.attrib) for item in switch] == [
        ("Box", "gl-tool", True),
        ("Outline", "gl-tool", False),
        ("Brush", "gl-tool", False),
    ]
    assert switch.get("aria-label") == "Draw with"


CHOICES: list[dict[str, ClassDefinition]] = [
    {"a": drawn("polygon", "rectangle"), "b": drawn("polygon", "rectangle")},
    {"a": drawn("polygon", "rectangle"), "b": drawn("rectangle", "ellipse"), "c": drawn("keypoint")},
    {"a": drawn("brush", "bitmask", "polygon"), "b": drawn("polygon"), "c": drawn("ellipse", "rectangle")},
    {"a": drawn("vector", "polygon"), "b": drawn("polygon"), "c": drawn("keypoint"), "d": drawn("brush")},
    dict(everything().classes),
]


@pytest.mark.parametrize("classes", CHOICES, ids=lambda classes: "; ".join(",".join(c.draw) for c in classes.values()))
def test_each_class_stands_once_whatever_the_switch_says(classes: dict[str, ClassDefinition]) -> None:
    guideline = with_classes(**classes)
    positions = switch_of(classes).positions
    for at in ("first", *positions):
        buttons = [(tool, name) for tool, name in shown_at(config(guideline), at)]
        assert sorted(name for _, name in buttons) == sorted(classes)
        for tool, name in buttons:
            draw = classes[name].draw
            wanted = positions[0] if at == "first" else at
            assert tool == (wanted if wanted in draw else draw[0])


def shown_at(root: ET.Element, position: str) -> list[tuple[str, str]]:
    """Tool and class of each button that stands at a position of the switch, by the style classes around it."""
    found: list[tuple[str, str]] = []

    def look(item: ET.Element, tool: str) -> None:
        places = item.get("className", "").split()
        if "gl-at" in places and f"gl-at-{position}" not in places:
            return
        if item.tag == "Label":
            found.append((tool, item.get("alias", "")))
        for child in item:
            look(child, item.get("name", "") or tool)

    look(root, "")
    return found


def test_the_style_knows_each_position_of_the_switch() -> None:
    style = config(everything()).findtext("Style") or ""
    for tool in switch_of(everything().classes).positions:
        assert f".gl:has(.gl-sw-{tool}[open]) .gl-at:not(.gl-at-{tool})" in style


def test_classes_stand_under_their_headings_in_the_order_of_the_headings() -> None:
    guideline = with_classes(
        tube=drawn("polygon", title="Tube", group="Devices"),
        mass=drawn("polygon", group="Lung"),
        clip=drawn("polygon", title="Clip", group="Devices"),
        other=drawn("polygon", title="Other"),
    )
    (labels,) = config(guideline).iter("PolygonLabels")
    shown = [item.get("value") for item in labels.iter() if item.tag in {"Header", "Label"}]
    assert shown == ["Other", "Devices", "Tube", "Clip", "Lung", "Mass"]


def test_a_heading_is_shown_where_a_class_of_it_is() -> None:
    guideline = with_classes(
        a=drawn("polygon", "rectangle", group="One"),
        b=drawn("polygon", title="B", group="Two"),
    )
    headings = [(item[0].get("value"), item.get("className")) for item in named(config(guideline), "gl-group")]
    assert headings == [
        ("One", "gl-group gl-at gl-at-first gl-at-polygon"),
        ("Two", "gl-group"),
        ("One", "gl-group gl-at gl-at-rectangle"),
    ]


@pytest.mark.parametrize(("number", "found"), [(15, []), (16, ["polygon", "rectangle"])])
def test_many_classes_have_a_field_to_find_one(number: int, found: list[str]) -> None:
    classes = {f"c{index}": drawn("polygon", "rectangle", title=f"Class {index}") for index in range(number)}
    root = config(with_classes(**classes))
    assert [item.get("toName") for item in root.iter("Filter")] == found
    assert {item.get("hotkey") for item in root.iter("Filter")} == ({"shift+f"} if found else set())
    assert list(problems_of(root)) == []


@pytest.mark.parametrize("color", PALETTE)
def test_a_chosen_class_is_read_on_its_own_colour(color: str) -> None:
    assert contrast(color, "#000000" if dark_on(color) else "#ffffff") >= READABLE


def test_black_on_white_has_the_contrast_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_dark_text_is_asked_for_on_light_colours_only() -> None:
    guideline = with_classes(light=drawn("polygon", color="#88ccee"), dark=drawn("polygon", title="B", color="#332288"))
    style = config(guideline).findtext("Style") or ""
    assert '[style*="#88ccee"]' in style
    assert "#332288" not in style


@pytest.mark.parametrize(
    ("title", "runs"),
    [
        pytest.param("Mass", "gl", id="Latin"),
        pytest.param("عقيدة رئوية", "gl gl-rtl", id="Arabic"),
        pytest.param("גוש", "gl gl-rtl", id="Hebrew"),
        pytest.param("結節", "gl", id="Japanese"),
        pytest.param("عقيدة رئوية في الرئة (CT)", "gl gl-rtl", id="Arabic with a Latin word"),
        pytest.param("12 > 3", "gl", id="no letters"),
    ],
)
def test_the_frame_runs_in_the_direction_of_the_titles(title: str, runs: str) -> None:
    guideline = with_classes(mass=drawn("polygon", title=title)).model_copy(update={"title": title})
    assert config(guideline).get("className") == runs


@pytest.mark.parametrize("item", released(), ids=lambda item: item.label)
def test_the_style_holds_no_character_that_the_editor_escapes(item: Holding) -> None:
    style = config(load(item.text)).findtext("Style") or ""
    assert not set(style) & set("<>&")
    assert style.count("{") == style.count("}") > 50
    assert "/*" not in style
