"""The reference of the language is generated, complete and fresh."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from guidelint.imaging.keys import ImageKeys
from guidelint.language.form.allowed_keys import written_fields
from guidelint.language.form.written import WrittenGuideline
from guidelint.language.reference.language_pages import pages
from guidelint.language.reference.problem_explanations import explanations
from guidelint.rules.catalogue import catalogue

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
    assert listed == {fact.name: fact.default for fact in msgspec.structs.fields(ImageKeys)}
