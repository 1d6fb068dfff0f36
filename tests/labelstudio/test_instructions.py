from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.labelstudio.guidelines import everything

from guidelint.guideline.library import released
from guidelint.guideline.load import load
from guidelint.labelstudio.instructions import instructions
from guidelint.labelstudio.instructions_markdown import markdown

if TYPE_CHECKING:
    from guidelint.guideline.model import Guideline

TEXT = instructions(everything())


def read(guideline: Guideline) -> str:
    """What an annotator reads: the text of the page, titles between asterisks."""
    root = ET.fromstring(instructions(guideline).replace("<br>", "<br />"))  # noqa: S314 - of our own making
    for style in root.findall("style"):
        root.remove(style)
    for title in root.iter("em"):
        title.text = f"*{title.text}*"
    return re.sub(r"\s*\n\s*", "\n", "".join(root.itertext()))


@pytest.mark.parametrize("item", released(), ids=lambda item: item.label)
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


def test_html_in_the_authors_text_is_shown_and_not_obeyed() -> None:
    assert "&lt;script&gt;alert(2)" in TEXT
    assert "&lt;b&gt;bold&lt;/b&gt;" in TEXT


@pytest.mark.parametrize(
    "words",
    [
        "Per image at least 1 and at most 3.",
        "1 None · 2 Some · 3 High",
        "Higher means more suspicious.",
        "Asked when *Image quality* is *Poor*.",
        "A number from 0 to 300 mm",
        "Answer *Image quality* with *Poor*.",
        "What to answer about each Mass < 3 cm & more or Lymph node",
        "Correct it and press Update.",
        "Guideline every-tool, version 2.1.0.",
    ],
)
def test_it_says(words: str) -> None:
    assert words in read(everything())


def test_work_that_is_requeued_is_announced_as_such() -> None:
    guideline = everything()
    requeue = guideline.returned_work.model_copy(update={"mode": "requeue"})
    assert "returns to your queue" in instructions(guideline.model_copy(update={"returned_work": requeue}))


def test_who_takes_an_escalation_is_named() -> None:
    found = {item.name: load(item.text) for item in released()}["lung-nodule-ct"]
    assert "is over 30\N{NO-BREAK SPACE}mm: Senior thoracic radiologist, within 24\N{NO-BREAK SPACE}hours." in read(
        found
    )


def test_headings_of_the_author_stay_below_the_windows_own() -> None:
    assert [item.tag for item in markdown("# One\n\n## Two\n\n### Three\n\ntext")] == ["h3", "h3", "h4", "p"]
