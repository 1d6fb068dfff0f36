"""An answer about regions follows from what other regions are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.questions.asked import whom
from guidelint.validation.measured_in import in_words
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.derivations.derived import Following
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare whom each question asks with whom those ask from which its answer follows."""
    for one in following(draft):
        for name in one.derive.questions_beside if not one.question.per_image else ():
            other = draft.written.attributes.get(name)
            if other is not None and not other.per_image and not {*one.question.of} <= {*other.of}:
                message = f"`{one.name}` asks {whom(one.question)}, and follows from `{name}`, which asks {whom(other)}"
                yield Flaw(message, one.path, "Let both ask the same classes, or ask the one of the image.", "key")
        yield from _of_ratio(one)


def _of_ratio(one: Following) -> Iterator[Flaw]:
    """Look for a region that is asked, and so measured alone, of which a ratio measures nothing."""
    if one.derive.ratio is None or one.question.per_image:
        return
    for side, measures in (("of", one.derive.ratio.of), ("to", one.derive.ratio.to)):
        for measured, classes in measures.items():
            if not {*one.question.of} <= {*classes}:
                message = (
                    f"`{one.name}` asks {whom(one.question)}, each by itself, and follows from the"
                    f" {in_words(measured)} of {either(f'`{name}`' for name in classes)}"
                )
                remedy = "Name the classes that it asks, or ask it of the image."
                yield Flaw(message, (*one.path, "ratio", side, measured), remedy, "key")


LINT = Lint(
    code="derives-from-elsewhere",
    means="An answer about regions follows from what only other regions are asked.",
    why="Of the regions that are not asked nothing counts, as if the answer were 0.",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever is brighter than the liver around it., draw: polygon}
  node: {title: Lymph node, definition: A bean-shaped structure in the fat., draw: polygon}
attributes:
  echo: {title: Echo, of: node, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  sum: {title: Sum, of: [node, lesion], number: {min: 0}, derive: {points: echo}}
""",
    right="""\
attributes:
  echo: {title: Echo, of: lesion, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  sum: {title: Sum, of: lesion, number: {min: 0}, derive: {points: echo}}
""",
    find=find,
)
