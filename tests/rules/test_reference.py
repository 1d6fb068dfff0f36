"""The reference of the rules is generated, complete and fresh."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guidelint.language.reference.rule_places import rule_places
from guidelint.rules.catalogue import catalogue
from guidelint.validation.documentation.markdown import pages
from guidelint.validation.documentation.plain import plain
from guidelint.validation.documentation.rule_text import rule_text

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "rules"


@cache
def every_page() -> dict[str, str]:
    return pages(catalogue(), rule_places(catalogue()))


def explain(rule: str) -> str:
    return plain(rule_text(catalogue()[rule]))


def test_the_committed_pages_are_those_that_the_rules_give() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert committed == every_page()


def test_every_rule_has_a_page_and_there_is_an_index() -> None:
    assert set(every_page()) == {"README.md", *(f"{name}.md" for name in catalogue())}


def test_an_explanation_shows_parameters_drawings_and_what_came_of_them() -> None:
    text = explain("area-limits")
    assert "min_mm2 (area in mm² or multiple of a fact; default none)\n    Smallest area in mm²." in text
    assert "      ##\n      #.\n    → Departs: Region 1 lesion: the area is 3 mm², below the limit of 4 mm²." in text
    assert "→ Cannot be evaluated: Region 1 lesion: the pixel spacing of the image is not known." in text


@pytest.mark.parametrize(
    ("rule", "told", "on_its_page"),
    [
        (
            "inside-image",
            "Set:     level, note, tolerance_px",
            "`rules`, and for one class under its `rules`: `level`, `note`, `tolerance_px`.",
        ),
        (
            "no-duplicate-regions",
            "Set:     level, note, min_iou, across_classes",
            "May be set under the guideline's `rules`: `level`, `note`, `min_iou`, `across_classes`.",
        ),
        (
            "something-marked-or-said",
            "Set:     level, note",
            "Question about the image → answers that mean that there is nothing. Follows from `empty_reading:`.",
        ),
        (
            "decodable-mask",
            "Set:     never; a mask that nobody can see would be accepted",
            "It cannot be set: a mask that nobody can see would be accepted.",
        ),
    ],
)
def test_a_rule_judged_under_every_guideline_says_what_may_be_set(rule: str, told: str, on_its_page: str) -> None:
    assert f"Always:  judged under every guideline\n{told}\n" in explain(rule)
    assert on_its_page in every_page()[f"{rule}.md"]


@pytest.mark.parametrize("rule", catalogue().values(), ids=catalogue())
def test_what_annotators_read_stands_on_the_page_of_every_rule_that_a_guideline_can_set(rule: type[Rule]) -> None:
    shown = "## What annotators read\n" in every_page()[f"{rule.id()}.md"]
    explained = "\nWhat annotators read\n" in explain(rule.id())
    assert shown == explained == rule.settable()


def test_what_annotators_read_is_shown_with_the_parameters_that_it_says() -> None:
    text = every_page()["inside.md"]
    assert "With `inside: {child: core, parent: tumour}`:\n\n- in the instructions: Every *Core* lies" in text
    assert "- where it escalates: If less than 100\N{NO-BREAK SPACE}% of any *Core* lies inside *Tumour*: …" in text
