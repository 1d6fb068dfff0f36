"""A key that is written otherwise is told by what its type says, whatever its name is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import pytest

from guidelint.language.load import load
from guidelint.language.mistakes.keys.other_words import other_words
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems, Problem
from guidelint.rules.catalogue import catalogue
from guidelint.validation.rule.parameters.amount import LengthMm, Seconds, Share
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.naming import Classes, Concerned, QuestionName
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Reply


class WellSpaced(SubmissionRule):
    """Things lie apart."""

    topic: QuestionName = "none"
    where: Annotated[Classes, Concerned()] = ()
    slack: LengthMm = 1.0
    lazily: Seconds = 1.0
    portion: Share = 0.5
    nearest: Annotated[LengthMm, Lower("distance")] | None = None
    furthest: Annotated[LengthMm, Upper("distance")] | None = None

    def check(self, submission: Submission) -> Iterator[Reply]:  # noqa: ARG002 - every rule takes it
        """Find nothing."""
        yield from ()


def told(key: str, value: str = "3") -> Problem:
    with pytest.raises(GuidelineProblems) as caught:
        load(
            with_part(f"rules: {{well-spaced: {{{key}: {value}}}}}\n"),
            catalogue={**catalogue(), "well-spaced": WellSpaced},
        )
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("word", "key"),
    [("question", "topic"), ("class", "where"), ("minimum", "nearest"), ("maximum", "furthest"), ("severity", "level")],
)
def test_people_s_words_lead_to_the_parameter_of_that_type(word: str, key: str) -> None:
    assert told(word).help == f"Did you mean `{key}`?"


def test_a_word_that_two_parameters_might_have_leads_to_neither() -> None:
    assert other_words(catalogue()["answer-matches-regions"]).get("answers") is None


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("slack_cm", "`slack` counts in mm: write `slack: 30`."),
        ("slack_px", "`slack` counts in mm: write the limit so, if that is what is meant."),
        ("lazily_minutes", "`lazily` counts in seconds: write `lazily: 180`."),
        ("portion_pct", "`portion` counts as a fraction: 1 is all of it, 0.1 a tenth: write `portion: 0.03`."),
    ],
)
def test_another_unit_is_reckoned_into_that_of_the_type(key: str, advice: str) -> None:
    problem = told(key)
    assert problem.help == advice
