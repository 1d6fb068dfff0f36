from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.bench.strings import all_changed
from tests.labelstudio.guidelines import EVERYTHING, everything, parsed

from guidelint.labelstudio.config.colours import PALETTE, colors
from guidelint.labelstudio.config.label_config import label_config
from guidelint.labelstudio.config.marker import Marker, read_marker
from guidelint.labelstudio.config.tags import UNTYPED, ConfigError, problems_of
from guidelint.language.form.guideline import ClassDefinition, Guideline
from guidelint.language.library import holdings
from guidelint.language.load import load

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

MADE_FROM = Marker("every-tool", "2.1.0", "0123456789abcdef" * 4)


def config(guideline: Guideline) -> ET.Element:
    return parsed(label_config(guideline, MADE_FROM))


def named(root: ET.Element, name: str) -> ET.Element:
    (found,) = (item for item in root.iter() if item.get("name") == name)
    return found


def test_the_same_guideline_gives_the_same_bytes() -> None:
    assert label_config(everything(), MADE_FROM) == label_config(everything(), MADE_FROM)


def test_drawing_controls_are_named_as_their_tools_and_labels_deliver_class_keys() -> None:
    root = config(everything())
    drawn = {
        item.get("name"): [label.get("alias") for label in item]
        for item in root.iter()
        if item.find("Label") is not None
    }
    assert drawn == {
        "polygon": ["mass"],
        "rectangle": ["node"],
        "ellipse": ["node"],
        "keypoint": ["centre"],
        "brush": ["mass"],
        "bitmask": ["mass"],
        "vector": ["fissure"],
    }


def test_a_label_shows_title_definition_and_the_authors_colour_and_key() -> None:
    (label,) = named(config(everything()), "polygon")
    assert label.attrib == {
        "value": "Mass < 3 cm & more",
        "alias": "mass",
        "background": "#56b4e9",
        "hotkey": "q",
        "hint": 'A "mass" with <b>bold</b> claims, $\u2060worth looking at.',
    }


def test_the_image_is_looked_for_under_the_key_of_the_guideline() -> None:
    assert named(config(everything()), "image").get("value") == "$slice"


def test_a_key_that_label_studio_cannot_address_is_refused() -> None:
    guideline = everything()
    images = guideline.images.model_copy(update={"keys": {"image": "my image"}})
    with pytest.raises(ConfigError, match="letters, digits and _ only"):
        label_config(guideline.model_copy(update={"images": images}), MADE_FROM)


def test_a_question_about_regions_is_asked_only_of_its_classes_and_required_on_the_control_itself() -> None:
    suspicion = named(config(everything()), "suspicion")
    assert suspicion.tag == "Choices"
    assert suspicion.get("perRegion") == suspicion.get("required") == "true"
    assert suspicion.get("whenLabelValue") == "mass,node"
    assert suspicion.get("requiredMessage") == "Please answer: Suspicion."


def test_a_question_about_the_image_waits_for_the_answer_it_depends_on() -> None:
    reason = named(config(everything()), "reason")
    assert reason.tag == "TextArea"
    assert (reason.get("visibleWhen"), reason.get("whenTagName"), reason.get("whenChoiceValue")) == (
        "choice-selected",
        "quality",
        "poor",
    )
    assert reason.get("required") == "true"


def test_the_editor_does_not_insist_where_it_would_insist_on_every_region() -> None:
    margin = named(config(everything()), "margin")
    assert margin.get("whenChoiceValue") == "2,3"
    assert "required" not in margin.attrib


def test_a_scale_shows_its_numbers_and_what_both_ends_mean() -> None:
    first, middle, last = named(config(everything()), "suspicion")
    assert (first.get("alias"), last.get("alias")) == ("1", "3")
    assert 'class="gl-end gl-first gl-end-50" aria-hidden="true">None<' in first.get("html", "")
    assert "gl-end" not in middle.get("html", "")
    assert 'class="gl-end gl-last gl-end-50" aria-hidden="true">High<' in last.get("html", "")


def test_a_number_keeps_range_step_and_unit() -> None:
    length = named(config(everything()), "length")
    assert {name: length.get(name) for name in ("min", "max", "step")} == {"min": "0", "max": "300", "step": "0.5"}
    assert any("Length (mm)" in item.get("value", "") for item in config(everything()).iter("Markdown"))


def test_answers_never_get_a_letter_from_the_editor_that_would_change_them() -> None:
    root = config(everything())
    assert {item.get("hotkey") for tag in ("Choice", "Number") for item in root.iter(tag)} == {UNTYPED}


@pytest.mark.parametrize("word", ["true", "false", " true ", "$image", "$gl_verdict_md and $5"])
def test_no_text_of_a_guideline_is_read_as_a_switch_or_as_a_key_of_the_task_data(word: str) -> None:
    """Of a hint that is nothing but "true" the editor dies, and shows an empty page."""
    made = config(load(EVERYTHING.replace("The line between two lobes.", f"'{word}'").replace("Lymph node", word)))
    (label,) = (item for item in made.iter("Label") if item.get("alias") == "fissure")
    assert label.get("hint", "").replace("\u2060", "") == word.strip()
    for item in made.iter():
        texts = {name: item.get(name, "") for name in ("value", "hint", "requiredMessage", "html", "placeholder")}
        assert not {"true", "false"} & set(texts.values())
        if item.tag not in {"Image", "Markdown"}:
            assert not any(re.search(r"\$\w", text) for text in texts.values())


def test_definitions_are_escaped_for_the_html_they_stand_in() -> None:
    shown = "".join(item.get("value", "") for item in config(everything()).iter("Markdown"))
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "&#36;worth" in shown


def test_the_marker_is_read_back_from_the_config() -> None:
    assert read_marker(label_config(everything(), MADE_FROM)) == MADE_FROM


@pytest.mark.parametrize("item", holdings(), ids=lambda item: item.label)
def test_library_guidelines_compile_into_configs_that_the_editor_takes(item: object) -> None:
    guideline = load(item.text)  # type: ignore[attr-defined]
    assert list(problems_of(parsed(label_config(guideline, MADE_FROM)))) == []


def many_classes(number: int, **first: str) -> dict[str, ClassDefinition]:
    classes = {
        f"c{index}": ClassDefinition(title=f"Class {index}", definition="Something.", draw=("polygon",))
        for index in range(number)
    }
    return {**classes, "c0": classes["c0"].model_copy(update=first)}


def test_colours_left_out_come_from_the_palette_without_repeating_a_chosen_one() -> None:
    found = colors(many_classes(len(PALETTE), color=PALETTE[1]))
    assert found["c0"] == PALETTE[1]
    assert len(set(found.values())) == len(PALETTE)


@pytest.mark.many
def test_any_text_is_read_back_as_it_was_written_by_the_sdk_of_the_editor() -> None:
    assert list(all_changed(2_000, seed=2)) == []
