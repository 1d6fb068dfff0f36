"""What every rule of the catalogue must be, told by one test per rule."""

from __future__ import annotations

import inspect
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import run_cases
from guidelint.validation.rule.described import description

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule

RULES = tuple(catalogue().values())
of_every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id())


@of_every_rule
def test_class_id_and_file_share_one_name(rule: type[Rule]) -> None:
    assert Path(inspect.getfile(rule)).stem == rule.id().replace("-", "_")
    assert rule.__name__ == rule.id().title().replace("-", "")


@of_every_rule
def test_a_rule_says_what_it_asks_why_how_and_after_whom(rule: type[Rule]) -> None:
    text = inspect.getdoc(rule) or ""
    sentence, *rest = text.split("\n\n")
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert headings == ["## Why", "## How it is measured", "## Source"]
    assert all(len(part.split("\n", 1)) == 2 for part in rest if part.startswith("## "))


@of_every_rule
def test_every_parameter_is_explained(rule: type[Rule]) -> None:
    unexplained = [name for name in rule.model_fields if not description(rule, name).endswith(".")]
    assert unexplained == []


@of_every_rule
def test_a_rule_has_titled_cases_both_ways(rule: type[Rule]) -> None:
    titles = [case.title for case in rule.cases]
    assert len(titles) == len(set(titles))
    assert any(case.finds is not None for case in rule.cases)
    assert any(case.finds is None and case.cannot is None for case in rule.cases)


@of_every_rule
def test_every_sentence_is_shown_by_a_case(rule: type[Rule]) -> None:
    said = {finding.kind for result in run_cases(rule) for finding in result.findings if finding.outcome == "departs"}
    assert said == set(rule.says)


@of_every_rule
def test_every_sentence_says_what_to_do_next_and_reads_on_from_the_region(rule: type[Rule]) -> None:
    for says in rule.says.values():
        assert says.do.endswith(".")
        assert not says.text.endswith(".")
        assert says.text[0] in string.ascii_lowercase + "{"


@of_every_rule
def test_a_millimetre_rule_says_when_the_spacing_is_missing(rule: type[Rule]) -> None:
    if any(name.rpartition("_")[2] in {"mm", "mm2"} for name in rule.model_fields):
        assert any(case.cannot and case.spacing is None for case in rule.cases)


@of_every_rule
def test_a_millimetre_rule_has_a_case_with_rows_and_columns_unequal(rule: type[Rule]) -> None:
    if any(name.rpartition("_")[2] in {"mm", "mm2"} for name in rule.model_fields):
        assert any(case.spacing is not None and not case.spacing.isotropic for case in rule.cases)
