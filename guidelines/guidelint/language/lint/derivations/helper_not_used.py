"""An answer that is told to nobody, and by which nothing goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare answers that are kept out of verdicts with the questions that anything else names."""
    helpers = [one for one in following(draft) if not one.derive.told]
    if not helpers:
        return
    named = {(one.name, one.path[:2]) for one in references(draft) if one.kind == "question"}
    for one in helpers:
        own = ("attributes", one.name)
        if not any(name == one.name and path != own for name, path in named):
            message = f"nothing goes by `{one.name}`, and nobody is told of it"
            yield Flaw(message, (*own, "derive"), "Name it in a condition, or delete `told: false`.", "key")


LINT = Lint(
    code="helper-not-used",
    level="warning",
    means="An answer is told to nobody, and nothing goes by it.",
    why="It changes nothing and is seen by nobody. Name it in a condition, tell it, or delete it.",
    wrong="""\
attributes:
  score: {title: Score, of: image, scale: {1: Low, 2: High}, higher_means: worse, required: true}
  risk:
    title: Risk
    of: image
    choose_one: {low: Low, high: High}
    derive: {first_of: {high: {number: {score: {at_least: 2}}}, low: otherwise}, entered: never, told: false}
""",
    right="""\
attributes:
  score: {title: Score, of: image, scale: {1: Low, 2: High}, higher_means: worse, required: true}
  risk:
    title: Risk
    of: image
    choose_one: {low: Low, high: High}
    derive: {first_of: {high: {number: {score: {at_least: 2}}}, low: otherwise}, entered: never, told: false}
  advice:
    title: Advice
    of: image
    choose_one: {biopsy: Biopsy, control: Control}
    required: {when: {risk: high}}
""",
    find=find,
)
