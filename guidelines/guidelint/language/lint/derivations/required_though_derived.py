"""A question that nobody is asked must be answered."""

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
        if not one.derive.is_entered and one.question.required is not None:
            message = f"`{one.name}` is never entered, and `required:` returns the work of whoever leaves it open"
            remedy = (
                "Delete `required:`; where an answer is missing from which it follows, that is told. Where it is to "
                "stay open, say so with `forbidden: {when: …}`."
            )
            yield Flaw(message, ("attributes", one.name, "required"), remedy, "key")


LINT = Lint(
    code="required-though-derived",
    means="A question that nobody is asked must be answered.",
    why=(
        "Where nothing follows, work would be returned to annotators for an answer that they cannot give. Where it is "
        "to stay open, as where a picture cannot be read, `forbidden: {when: …}` says so: nothing follows there then."
    ),
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
