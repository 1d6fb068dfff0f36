"""The reference of the language is generated, complete and fresh."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from jsonschema import Draft7Validator

from guidelint.imaging.keys import FACTS, ImageKeys, delivered
from guidelint.language.form.allowed_keys import part_at, written_fields
from guidelint.language.form.rule_fields import forms
from guidelint.language.form.written import WrittenGuideline
from guidelint.language.reference import part_pages
from guidelint.language.reference.keys import Keys
from guidelint.language.reference.language_pages import SECTIONS, pages
from guidelint.language.reference.part_pages import PAGES
from guidelint.language.reference.problem_explanations import explanations
from guidelint.language.reference.rule_places import rule_places
from guidelint.language.schema.guideline_schema import whole_schema
from guidelint.rules.catalogue import catalogue
from guidelint.validation.documentation import markdown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.documentation.in_guideline import InGuideline

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def test_the_committed_pages_are_those_that_the_models_give() -> None:
    made = pages(catalogue())
    assert {name: (FOLDER / name).read_text(encoding="utf-8") for name in made} == made


def test_every_key_of_a_guideline_is_in_the_reference() -> None:
    text = pages(catalogue())["language.md"]
    assert [name for name in written_fields(WrittenGuideline) if f"| `{name}`" not in text] == []


def test_every_problem_is_in_the_reference() -> None:
    text = pages(catalogue())["problems.md"]
    assert [code for code in explanations() if f"## {code}\n" not in text] == []


def test_every_fact_that_a_guideline_may_name_a_key_for_is_listed_with_the_key_that_counts_otherwise() -> None:
    text = pages(catalogue())["language.md"].partition("## Image facts\n")[2].partition("\n## ")[0]
    listed = dict(re.findall(r"^\| `(\w+)` \| `(\w+)` \| \S", text, re.MULTILINE))
    assert listed == delivered(ImageKeys())


LISTS_OF_RULES = {"Rules", "Relation", "ClassRules", "ReadersRules", "AnnotatorsRules", "DeliveryRules"}
"""Parts that hold rules alone, which have pages of their own."""
LIKE_ANOTHER = {"TimesArea": "TimesLength", "TimesVolume": "TimesLength"}
"""Parts that another's section tells of."""


@cache
def places() -> Mapping[str, InGuideline]:
    return rule_places(catalogue())


def test_every_part_of_a_guideline_has_a_table_of_its_keys() -> None:
    schema = whole_schema(catalogue())
    shown = {section.definition for section in SECTIONS}
    of_parts = {part_at(forms(catalogue()).guideline, path) for page in PAGES for _, path in page.parts}
    shown |= {part.__name__ for part in of_parts if part} | LISTS_OF_RULES
    parts = {name for name in Keys(schema).parts if name and not name.endswith("Use")}
    assert {name for name in parts if LIKE_ANOTHER.get(name, name) not in shown} == set()


def test_a_snippet_stands_beside_every_key() -> None:
    texts = [pages(catalogue())["language.md"], *part_pages.pages(catalogue()).values()]
    rows = [row for text in texts for row in re.findall(r"^\| `(\w+)`(?: \*)? \|(.*)$", text, re.MULTILINE)]
    facts = {*FACTS}
    assert len(rows) > 200
    assert {name for name, cells in rows if f"`{name}: " not in cells} <= facts


def test_a_snippet_stands_beside_every_parameter_that_a_guideline_may_give() -> None:
    given = {rule: catalogue()[rule].parameters() for rule in places()}
    assert {rule: names for rule, names in given.items() if not set(names) <= set(places()[rule].parameters)} == {}
    page = markdown.pages(catalogue(), places())["area-limits.md"]
    assert "| Smallest area in mm². | `min_mm2: 4` |\n" in page


def test_a_rule_says_where_it_may_stand_and_shows_it_there() -> None:
    accepted = Draft7Validator(whole_schema(catalogue()))
    told = places()
    assert set(told) == {name for name, rule in catalogue().items() if rule.settable()}
    assert told["area-limits"].places == (
        "rules", "relations.*", "classes.*.rules", "families.*.rules", "escalation.when.*",
    )  # fmt: skip
    assert told["enough-readers"].places == (
        "classes.*.rules", "families.*.rules", "escalation.when.*", "readers.rules",
    )  # fmt: skip
    for where in told.values():
        shown = yaml.safe_load(where.example)
        assert [error.message for error in accepted.iter_errors(shown) if error.path] == []
