from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.labelstudio.guidelines import everything

from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.labelstudio.instructions.markdown import markdown
from guidelint.language.compile.implied_checks import derived_checks
from guidelint.language.compile.plan import compile_plan
from guidelint.language.form.places.clauses import clause
from guidelint.language.form.places.places import TOLD_NOWHERE
from guidelint.language.form.places.titles import titles
from guidelint.language.library import holdings
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.names import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import Guideline

TEXT = instructions(everything())
RULES = with_part("""
guideline: kx-guideline
title: Lesions of the liver
sources: [{title: A paper, doi: 10.1000/1}]
images: {modality: [CT, MR], pixel_spacing: {max_mm: 1}}
classes:
  kx-lesion:
    title: Lesion
    definition: d
    draw: polygon
    border: outer
    rules: {area-limits: {min_mm2: 4, level: warning, note: Choose Cyst.}}
  kx-cyst: {title: Cyst, definition: d, draw: polygon, excluded_from: kx-lesion}
  kx-liver: {title: Liver, definition: d, draw: polygon}
  kx-spleen: {title: Spleen, definition: d, draw: polygon}
attributes:
  kx-confidence:
    title: Confidence
    of: [kx-lesion, kx-cyst, kx-liver]
    scale: {1: {title: Possible, definition: Less than 50 % sure.}, 2: Probable, 3: Certain}
    higher_means: surer
    required: true
  kx-size: {title: Size, of: kx-lesion, number: {min: 1, max: 9}}
  kx-quality: {title: Quality, of: image, choose_one: {kx-good: Good, kx-poor: Poor}, required: true}
  kx-why:
    title: Why
    of: kx-lesion
    choose_one: {kx-a: A, kx-b: B}
    required: {when: {kx-confidence: [1, 2], kx-quality: kx-good}}
rules:
  count-limits: {classes: [kx-lesion, kx-cyst], max: 5}
  inside-image: {tolerance_px: 2}
  answer-matches-regions: {attribute: kx-quality, absent: [kx-poor], classes: [kx-lesion]}
relations:
  kx-in: {inside: {child: kx-lesion, parent: kx-liver, min_fraction: 0.9}}
  kx-apart: {separate: {pairs: [[kx-liver, kx-spleen]]}}
escalation:
  routes: {kx-chest: {who: Thoracic radiologist, within_hours: 1}, kx-senior: {who: Senior radiologist}}
  when:
    kx-unsure:
      uncertain-escalates: {attribute: kx-confidence, at_most: 1}
      to: kx-chest
      because: A guess becomes the truth.
    kx-large: {class: kx-lesion, diameter-limits: {longest_max_mm: 30}, to: kx-senior}
    kx-spleens: {class: kx-spleen, count-limits: {max: 1}, to: kx-senior}
    kx-any: {count-limits: {classes: [kx-cyst], max: 0}, to: kx-senior}
""")

COUNTED = with_part("""
classes: {target: {title: Target, definition: d, draw: polygon, count: {max: 2, per: patient, each: organ}}}
attributes: {organ: {title: Organ, of: target, choose_one: {lung: Lung, liver: Liver}, required: true}}
""")
OF_A_QUESTION = clause("attributes", "")
"""A question tells itself what may be answered."""


def page(guideline: Guideline) -> ET.Element:
    """The instructions as a tree, without their style."""
    root = ET.fromstring(instructions(guideline).replace("<br>", "<br />"))  # noqa: S314 - of our own making
    for style in root.findall("style"):
        root.remove(style)
    return root


def read(guideline: Guideline) -> str:
    """What an annotator reads: the text of the page, titles between asterisks."""
    root = page(guideline)
    for title in root.iter("em"):
        title.text = f"*{title.text}*"
    return re.sub(r"\s*\n\s*", "\n", "".join(root.itertext()))


@pytest.mark.parametrize("item", holdings(), ids=lambda item: item.label)
def test_every_class_and_question_of_the_library_is_explained(item: object) -> None:
    guideline = load(item.text)  # type: ignore[attr-defined]
    text = instructions(guideline)
    titles = [item.title for item in guideline.classes.values()] + [
        item.title for item in guideline.attributes.values()
    ]
    assert [title for title in titles if title.replace("<", "&lt;") not in text] == []


def test_nothing_stands_in_it_that_label_studio_strips() -> None:
    assert " style=" not in TEXT
    assert "<script" not in TEXT
    assert not re.search(r"\son\w+=", TEXT)
    assert {name for element in page(everything()).iter() for name in element.attrib} <= {"class", "dir", "align"}


def test_html_in_the_authors_text_is_shown_and_not_obeyed() -> None:
    assert "&lt;script&gt;alert(2)" in TEXT
    assert "&lt;b&gt;bold&lt;/b&gt;" in TEXT


@pytest.mark.parametrize(
    "words",
    [
        "An image has at least 1 and at most 3 regions of *Mass < 3 cm & more*.",
        "1_None_· 2_Some_· 3_High",
        "Higher means more suspicious.",
        "Asked when *Image quality* is *Poor*.",
        "Answer *Image quality* with *Poor*.",
        "Good\nPoor – Not readable.",
        "A number from 0 to 300 mm, in steps of 0.5_mm",
        "Asked when *Suspicion* is *Some* or *High*.",
        "One or more.",
        "May be left out.",
        "Correct it and press Update.",
        "Guideline every-tool, version 2.1.0.",
    ],
)
def test_it_says(words: str) -> None:
    assert words.replace("_", "\N{NO-BREAK SPACE}") in read(everything())


def test_work_that_is_requeued_is_announced_as_such() -> None:
    guideline = everything()
    requeue = guideline.returned_work.model_copy(update={"mode": "requeue"})
    assert "returns to your queue" in instructions(guideline.model_copy(update={"returned_work": requeue}))


def test_who_takes_an_escalation_is_named() -> None:
    found = {item.name: load(item.text) for item in holdings()}["lung-nodule-ct"]
    assert "is over 30\N{NO-BREAK SPACE}mm: Senior thoracic radiologist, within 24\N{NO-BREAK SPACE}hours." in read(
        found
    )


def test_headings_of_the_author_stay_below_the_windows_own() -> None:
    assert [item.tag for item in markdown("# One\n\n## Two\n\n### Three\n\ntext")] == ["h3", "h3", "h4", "p"]


def places(guideline: Guideline) -> set[str]:
    """The headings of the instructions, each also with the rows that stand below it."""
    found: set[str] = set()
    heading = ""
    for element in page(guideline).iter():
        if element.tag in {"h3", "h4", "h5"}:
            heading = "".join(element.itertext()).strip()
            found.add(heading)
        elif element.tag == "th":
            found.add(f"{heading} › {element.text}")
    return found


@pytest.mark.parametrize("text", [*(item.text for item in holdings()), RULES, COUNTED], ids=lambda text: text[:40])
def test_every_place_that_a_finding_names_is_a_heading_of_the_instructions(text: str) -> None:
    guideline = load(text)
    checks = compile_plan(guideline, catalogue()).checks
    named = {check.heading for check in checks} - set(TOLD_NOWHERE)
    assert named
    assert named - places(guideline) == set()
    at_each = {f"{part.title} › How to draw" for part in guideline.classes.values()} <= places(guideline)
    assert at_each == ("As each class says." in instructions(guideline))
    assert list(untold(guideline)) == []


def untold(guideline: Guideline) -> Iterator[str]:
    """Sentences of what returns work without being written as a rule, and stands nowhere."""
    names, shown = titles(guideline), read(guideline).casefold()
    for check in derived_checks(guideline, catalogue()):
        goes_without_saying = check.rule.always or check.clause.startswith(OF_A_QUESTION)
        if check.escalates_to is None and not goes_without_saying:
            words = check.rule.told(names.of(check.classes or ()))
            said = "".join(f"*{each}*" if is_title else each for each, is_title in pieces(words))
            if said.casefold() not in shown:
                yield said


@pytest.mark.parametrize(
    "words",
    [
        "The image was made by CT or MR.",
        "The pixel spacing of the image is known and at most 1_mm.",
        "Every *Lesion* lies inside *Liver*, at least 90_% of it.",
        "*Liver* and *Spleen* do not overlap.",
        "An image has at most 5 regions of *Lesion* or *Cyst*, counted together.",
        "The area of every *Lesion* is at least 4_mm². This is pointed out; the work is not returned.",
        "If not: Choose Cyst.",
        "Every region lies within the image, or beyond its edge by at most 2_pixels.",
        "Where *Quality* is *Poor*, no *Lesion* is marked",
        "If *Confidence* is *Possible*: Thoracic radiologist, within 1_hour.",
        "A guess becomes the truth.",
        "If the longest diameter of any *Lesion* is over 30_mm: Senior radiologist.",
        "If an image has at least 1 region of *Cyst*: Senior radiologist.",
        "If an image has more than 1 region of *Spleen*: Senior radiologist.",
        "Asked when *Confidence* is *Possible* or *Probable* and *Quality* is *Good*.",
        "About every region but *Spleen*.",
        "1_Possible – Less than 50 % sure.",
        "It is taken out of the *Lesion* around it.",
        "Draw just outside the edge: the line itself does not belong to it.",
        "A paper. doi 10.1000/1",
    ],
)
def test_rules_and_escalations_are_said(words: str) -> None:
    assert words.replace("_", "\N{NO-BREAK SPACE}") in read(load(RULES))


def test_no_key_is_said() -> None:
    assert "kx" not in read(load(RULES)).replace("Guideline kx-guideline", "")


def test_words_of_an_author_run_in_their_own_direction() -> None:
    arabic = load(RULES.replace("title: Lesion", "title: عقدة"))
    named = [element for element in page(arabic).iter() if "عقدة" in (element.text or "") + (element.tail or "")]
    assert len(named) > 3
    assert all(element.get("dir") == "auto" or element.tag == "span" for element in named if element.text), named


def test_classes_stand_under_the_heading_of_their_group() -> None:
    grouped = RULES.replace("title: Cyst,", "title: Cyst, group: Benign,").replace(
        "title: Spleen,", "title: Spleen, group: Benign,"
    )
    levels = [
        (one.tag, "".join(one.itertext()).strip()) for one in page(load(grouped)).iter() if one.tag in {"h4", "h5"}
    ]
    assert levels == [("h4", "Lesion"), ("h4", "Liver"), ("h4", "Benign"), ("h5", "Cyst"), ("h5", "Spleen")]
