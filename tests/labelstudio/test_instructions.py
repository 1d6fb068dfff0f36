from __future__ import annotations

import re

import pytest
from tests.labelstudio.guidelines import everything

from guidelint.guideline.library import released
from guidelint.guideline.load import load
from guidelint.labelstudio.instructions import instructions
from guidelint.labelstudio.instructions_limits import limits
from guidelint.labelstudio.instructions_markdown import markdown
from guidelint.rules.catalogue import catalogue

TEXT = instructions(everything())


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
        "Asked when Image quality is Poor.",
        "A number from 0 to 300 mm",
        "Answer Image quality with Poor.",
        "What to answer about each Mass &lt; 3 cm &amp; more or Lymph node",
        "Correct it and press Update.",
        "Guideline every-tool, version 2.1.0.",
    ],
)
def test_it_says(words: str) -> None:
    assert words in TEXT


def test_work_that_is_requeued_is_announced_as_such() -> None:
    guideline = everything()
    requeue = guideline.returned_work.model_copy(update={"mode": "requeue"})
    assert "returns to your queue" in instructions(guideline.model_copy(update={"returned_work": requeue}))


def test_who_takes_an_escalation_is_named() -> None:
    found = {item.name: load(item.text) for item in released()}["lung-nodule-ct"]
    text = instructions(found)
    assert "Senior thoracic radiologist within 24 hours" in text


def test_headings_of_the_author_stay_below_the_windows_own() -> None:
    assert [item.tag for item in markdown("# One\n\n## Two\n\n### Three\n\ntext")] == ["h3", "h3", "h4", "p"]


@pytest.mark.parametrize(
    ("rule", "parameters", "words"),
    [
        ("area-limits", {"min_mm2": 4.0, "max_mm2": 20.0}, "at least 4 mm², at most 20 mm²."),
        ("closed-outline", {"max_gap_mm": 1.0}, "gap at most 1 mm."),
        ("simple-outline", {}, "."),
    ],
)
def test_a_rule_is_said_with_the_numbers_of_the_guideline(rule: str, parameters: dict[str, float], words: str) -> None:
    assert limits(catalogue()[rule].model_validate(parameters)).endswith(words)
