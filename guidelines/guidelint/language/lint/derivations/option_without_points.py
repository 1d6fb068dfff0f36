"""An option of a question whose points are added up has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for options without points, and for points that nobody adds up."""
    questions = draft.written.attributes
    added = {name for one in following(draft) for name in one.derive.points}
    for name, question in questions.items():
        for key, option in question.options.items():
            path = ("attributes", name, question.answer_key, key)
            if name in added and option.points is None:
                message = f"the points of `{name}` are added up, and `{key}` has none"
                yield Flaw(message, path, "Write `points:` beneath it, 0 where it counts nothing.", "key")
            elif name not in added and option.points is not None:
                message = f"`{key}` has points, and no answer follows from the points of `{name}`"
                remedy = f"Name `{name}` under `derive: points:` of the question that follows, or delete the points."
                yield Flaw(message, (*path, "points"), remedy, "key")


LINT = Lint(
    code="option-without-points",
    level="warning",
    means="An option counts nothing in a sum of points without saying so, or has points that nobody adds up.",
    why="A forgotten number looks like a 0. Write the points of every option, those of 0 too.",
    wrong="""\
attributes:
  echo: {title: Echo, of: image, choose_one: {iso: Iso, hypo: {title: Hypo, points: 2}}, required: true}
  sum: {title: Sum, of: image, number: {min: 0}, derive: {points: echo}}
""",
    right="""\
attributes:
  echo: {title: Echo, of: image, required: true, choose_one: {a: {title: A, points: 0}, b: {title: B, points: 2}}}
  sum: {title: Sum, of: image, number: {min: 0}, derive: {points: echo}}
""",
    find=find,
)
