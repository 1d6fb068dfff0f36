"""Every code is explained by an example that has the problem and one that has not."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from tests.language.mistakes import problems

from guidelint.language.lint.every_lint import lints
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import SMALLEST, Explanation, explanations, of_text, with_part
from guidelint.language.text.problem import Code
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from guidelint.language.lint.lint import Lint
    from guidelint.language.text.problem import Problem


def lint_file(lint: Lint) -> str:
    """File that holds a lint."""
    return next(str(module.__file__) for module in list(sys.modules.values()) if vars(module).get("LINT") is lint)


SHOWN = [item for item in explanations().values() if item.wrong]


def test_every_code_is_explained_and_nothing_else() -> None:
    assert sorted(explanations()) == sorted((*get_args(Code), *lints()))


def test_no_lint_has_the_code_of_another_problem() -> None:
    assert not set(get_args(Code)) & set(lints())
    assert sorted(of_text()) == sorted(get_args(Code))


@pytest.mark.parametrize("lint", lints().values(), ids=lints())
def test_a_lint_is_one_file_that_has_its_code(lint: Lint) -> None:
    assert Path(lint_file(lint)).stem == lint.code.replace("-", "_")
    assert lint.means.endswith(".")
    assert lint.why.endswith((".", "?"))
    assert lint.wrong
    assert lint.right
    assert not lint.source or re.search(r"https://\S+$", lint.source)


def test_no_code_is_also_the_name_of_a_rule() -> None:
    assert not set(explanations()) & set(catalogue())


def test_the_smallest_guideline_has_no_problem() -> None:
    assert load(SMALLEST).name == "example"


@pytest.mark.parametrize("item", SHOWN, ids=lambda item: item.code)
def test_the_wrong_example_has_this_problem_and_no_other(item: Explanation) -> None:
    told = told_of(item, item.wrong)
    assert {problem.code for problem in told} == {item.code}
    assert {problem.level for problem in told} == {item.level}
    assert all(problem.help for problem in told)


@pytest.mark.parametrize("item", SHOWN, ids=lambda item: item.code)
def test_the_right_example_has_none(item: Explanation) -> None:
    assert told_of(item, item.right) == []


def told_of(item: Explanation, part: str) -> list[Problem]:
    """What is told of an example; of a note's, what its other half does not have as well."""
    if item.level != "note":
        return list(problems(with_part(part)))
    assert problems(with_part(part)) == ()
    other = item.right if part == item.wrong else item.wrong
    also = {problem.code for problem in problems(with_part(other), notes=True)}
    return [problem for problem in problems(with_part(part), notes=True) if problem.code not in also]


def test_a_page_of_a_note_says_that_it_is_one_and_after_whom() -> None:
    page = str(explanations()["no-agreement-target"])
    assert "It is a note: nothing is wrong" in page
    assert page.splitlines()[-1].startswith("Source: Mongan J")


def test_an_explanation_reads_as_a_page() -> None:
    assert str(explanations()["too-few-options"]) == (
        "too-few-options: A choice has fewer than two options.\n"
        "\n"
        "There is nothing to choose.\n"
        "\n"
        "For example:\n"
        "\n"
        "    attributes:\n"
        "      doubt: {title: Doubt, of: lesion, choose_one: {yes: In doubt}}\n"
        "\n"
        "Better:\n"
        "\n"
        "    attributes:\n"
        "      doubt: {title: Doubt, of: lesion, choose_one: {yes: In doubt, no: Sure}}"
    )
