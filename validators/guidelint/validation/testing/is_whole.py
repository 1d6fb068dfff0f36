"""A rule says whatever is told of it, and shows it by cases."""

from __future__ import annotations

import inspect
import string
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel

from guidelint.validation.cases.run import run_cases
from guidelint.validation.rule.described import description
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.shape import all_meanings, annotated, stripped

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Rule

HEADINGS = ["## Why", "## How it is measured", "## Source"]
NEEDS_SPACING = frozenset({"mm", "mm²", "ml"})


class IsWhole:
    """Name, documentation, parameters, sentences and cases of rules."""

    rules: ClassVar[tuple[type[Rule], ...]] = ()

    def test_class_id_and_file_share_one_name(self, rule: type[Rule]) -> None:
        """Whoever knows the id finds the file."""
        assert Path(inspect.getfile(rule)).stem == rule.id().replace("-", "_")
        assert rule.__name__ == rule.id().title().replace("-", "")

    def test_it_says_what_it_asks_why_how_and_after_whom(self, rule: type[Rule]) -> None:
        """The docstring has one sentence and three headings."""
        text = inspect.getdoc(rule) or ""
        sentence, *rest = text.split("\n\n")
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert [line for line in text.splitlines() if line.startswith("## ")] == HEADINGS
        assert all("\n" in part for part in rest if part.startswith("## "))

    def test_every_parameter_is_explained(self, rule: type[Rule]) -> None:
        """A sentence stands below each."""
        assert [name for name in rule.model_fields if not description(rule, name).endswith(".")] == []

    def test_every_parameter_says_what_it_is(self, rule: type[Rule]) -> None:
        """No bare text or number: checks, schema and pages follow from the types."""
        assert [name for name in rule.model_fields if bare_types(annotated(rule, name))] == []

    def test_the_explanation_of_a_size_names_its_unit(self, rule: type[Rule]) -> None:
        """Whoever reads one line knows what is counted."""
        assert [name for name in rule.model_fields if not _names_its_unit(rule, name)] == []

    def test_it_has_titled_cases_both_ways(self, rule: type[Rule]) -> None:
        """One that departs, and one that does not."""
        titles = [case.title for case in rule.cases]
        assert len(titles) == len(set(titles))
        assert any(case.finds is not None for case in rule.cases)
        assert any(case.finds is None and case.cannot is None for case in rule.cases)

    def test_every_sentence_is_shown_by_a_case(self, rule: type[Rule]) -> None:
        """Nobody reads a sentence that no test has seen."""
        findings = [finding for result in run_cases(rule) for finding in result.findings]
        assert {finding.kind for finding in findings if finding.outcome == "departs"} == set(rule.says)

    def test_every_sentence_says_what_to_do_next_and_reads_on_from_the_region(self, rule: type[Rule]) -> None:
        """A message is the region, the sentence, and the next step."""
        for says in rule.says.values():
            assert says.do.endswith(".")
            assert not says.text.endswith(".")
            assert says.text[0] in string.ascii_lowercase + "{"

    def test_a_millimetre_rule_says_when_the_spacing_is_missing(self, rule: type[Rule]) -> None:
        """It cannot be evaluated then; it does not pass."""
        assert not _measures_mm(rule) or any(case.cannot and case.spacing is None for case in rule.cases)

    def test_a_millimetre_rule_has_a_case_with_rows_and_columns_unequal(self, rule: type[Rule]) -> None:
        """Rows and columns are easily exchanged."""
        spacings = [case.spacing for case in rule.cases if case.spacing is not None]
        assert not _measures_mm(rule) or any(not spacing.isotropic for spacing in spacings)


def bare_types(annotation: object, within: frozenset[type] = frozenset()) -> list[object]:
    """List the texts and numbers within a type that say nothing about themselves; of models within themselves once."""
    found, inner = stripped(annotation)
    if inner in {str, int, float}:
        return [] if found else [inner]
    if inner in within:
        return []
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        around = within | {inner}
        return [bare for name in inner.model_fields for bare in bare_types(annotated(inner, name), around)]
    parts = get_args(inner) if get_origin(inner) is not Literal else ()
    return [bare for part in parts for bare in bare_types(part, within)]


def _names_its_unit(rule: type[Rule], name: str) -> bool:
    found, _ = stripped(annotated(rule, name))
    units = [one.unit for one in found if isinstance(one, Amount) and one.unit]
    return all(unit in description(rule, name) for unit in units)


def _measures_mm(rule: type[Rule]) -> bool:
    found = (one for name in rule.model_fields for one in all_meanings(annotated(rule, name)))
    return any(isinstance(one, Amount) and one.unit in NEEDS_SPACING for one in found)
