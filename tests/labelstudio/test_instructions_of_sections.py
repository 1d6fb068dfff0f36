"""What annotators read of how work is done, of what is left unmarked, and of what is rare or hard."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from tests.language.test_sections import CLASSES

from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.language.load import load
from guidelint.language.reference.part_pages import snippet
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.language.form.guideline import Guideline

KEYS = ("effective", "changes", "not_annotated", "procedure", "edge_cases", "ai_assistance")
TEXT = with_part(CLASSES + "".join(snippet(key) for key in KEYS) + snippet("images"))
CASE = "edge_cases: {vessel: {title: At a vessel, do: Leave it out., picture: vessel.png}}\n"


def lines(guideline: Guideline) -> list[str]:
    """Headings, paragraphs, items and cells, each as it is read."""
    page = ET.fromstring(instructions(guideline).replace("<br>", "<br />"))  # noqa: S314 - of our own making
    shown = {"h3", "h4", "p", "li", "th", "div"}
    told = [element for element in page.iter() if element.tag in shown and (element.text or "").strip()]
    return [" ".join("".join(_own(element)).split()) for element in told]


def _own(element: ET.Element) -> list[str]:
    """Words of an element, but for those of lists in it."""
    inner = [
        part for child in element for part in ([] if child.tag == "ul" else [*child.itertext()]) + [child.tail or ""]
    ]
    return [element.text or "", *inner]


def after(heading: str, count: int) -> list[str]:
    read = lines(load(TEXT))
    return read[read.index(heading) + 1 :][:count]


def test_steps_are_numbered_and_say_what_to_do_and_where_to_go_on() -> None:
    assert after("Step by step", 8) == [
        "Read without what else is known of the patient.",
        "Not told to you: earlier reports.",
        "Scroll through all slices in the lung window.",
        "Never: mark anything yet.",
        "Motion blurs the lungs: go on with step 3.",
        "Mark each nodule on every slice on which it is seen.",
        "Answer Malignancy.",
        "Answer whether the scan can be read.",
    ]
    assert "Before you go on, Study coordinator looks at it: Whether the scan is replaced." in lines(load(TEXT))


def test_what_is_left_unmarked_and_what_is_rare_is_told_with_whom_to_ask() -> None:
    assert after("Leave unmarked", 3) == [
        "Calcified granuloma",
        "A small round opacity that is calcified throughout.",
        "It is benign, and needs no follow-up.",
    ]
    assert after("Special cases", 5) == [
        "Nodule at a vessel",
        "A nodule that a vessel runs into.",
        "Leave the vessel out of the outline where its edges go on in a straight line.",
        "About Nodule.",
        "If you are not sure, ask: Thoracic radiologist.",
    ]


def test_what_is_new_suggested_and_looked_at_is_told() -> None:
    read = lines(load(TEXT))
    assert after("What is new", 1) == ["Nodules that touch the pleura are now outlined without it."]
    assert after("What is suggested to you", 1)[0].startswith("Nodule finder 2.3.1 suggests Nodule. Look at each")
    assert "Lung: center -600, width 1500" in read
    assert "Answer Side: left is the patient's left." in read
    assert read[-1].endswith("version 1.0.0, in force from 2026-04-13.")


def test_who_looks_at_work_once_more_is_told_tier_by_tier() -> None:
    tiers = "second: {who: Radiologist}, last: {who: Head of department, share: 0.05, own_work: true}"
    read = lines(load(with_part(f"{CLASSES}review: {{tiers: {{{tiers}}}, audit: {{share: 0.02}}}}\n")))
    at = read.index("Who looks at it after you")
    assert read[at + 1 : at + 4] == [
        "Radiologist: all of your work.",
        "Head of department: 5 % of what Radiologist looked at, also where it is work of their own.",
        "Of what was accepted 2 % is drawn and looked at again.",
    ]


def test_a_guideline_without_them_says_nothing_of_them() -> None:
    read = lines(load(with_part(CLASSES.replace(", laterality: {asked_in: side}", ""))))
    headings = {"Step by step", "Leave unmarked", "Special cases", "What is new", "What is suggested to you", "Windows"}
    headings.add("Who looks at it after you")
    assert not headings & set(read)


def test_the_picture_of_a_case_is_carried_along(tmp_path: Path) -> None:
    Image.new("L", (8, 6)).save(tmp_path / "vessel.png")
    guideline = load(with_part(CASE), folder=tmp_path)
    text = instructions(guideline)
    assert [*guideline.pictures] == ["vessel.png"]
    assert 'class="gli-picture gli-picture-1"' in text
    assert "aspect-ratio: 8 / 6" in text


def test_a_picture_of_a_case_that_is_not_there_is_told_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(GuidelineProblems) as found:
        load(with_part(CASE), folder=tmp_path)
    (problem,) = found.value.problems
    assert (problem.code, problem.line) == ("unusable-picture", with_part(CASE).splitlines().index(CASE.strip()) + 1)
