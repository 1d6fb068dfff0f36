"""A question that nobody is asked must be answered, or must not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for what is asked of answers that nobody enters."""
    for one in following(draft):
        if one.derive.is_entered:
            continue
        for key in ("required", "forbidden"):
            if getattr(one.question, key) is not None:
                message = f"`{one.name}` is never entered, and `{key}:` asks something of whoever enters it"
                remedy = f"Delete `{key}:`; where an answer is missing from which it follows, that is told."
                yield Flaw(message, ("attributes", one.name, key), remedy, "key")


LINT = Lint(
    code="required-though-derived",
    level="warning",
    means="A question that nobody is asked must be answered, or must not be.",
    why="Nobody can do anything about it: the answer is worked out from others.",
    wrong="""\
attributes:
  echo: {title: Echo, of: image, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  sum: {title: Sum, of: image, number: {min: 0}, required: true, derive: {points: echo, entered: never}}
""",
    right="""\
attributes:
  echo: {title: Echo, of: image, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  sum: {title: Sum, of: image, number: {min: 0}, derive: {points: echo, entered: never}}
""",
    find=find,
)
