"""A sum leads to two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following, sums_of
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for bands that hold a sum which an earlier one holds."""
    for one in following(draft):
        told: set[str] = set()
        for sum_ in sums_of(one, draft):
            holding = [option for option, band in one.derive.bands.items() if band.holds(sum_)]
            for option in holding[1:]:
                if option not in told:
                    told.add(option)
                    message = f"a {one.number} of {number(sum_)} leads to `{holding[0]}` and to `{option}`"
                    yield Flaw(
                        message, (*one.path, "bands", option), f"Let each {one.number} lead to one answer.", "key"
                    )


LINT = Lint(
    code="bands-overlap",
    means="A sum leads to two answers.",
    why="Which of the two follows would depend on the order in which they are written. Let each sum lead to one.",
    wrong="""\
attributes:
  echo: {title: Echo, of: image, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  level:
    title: Level
    of: image
    choose_one: {low: Low, high: High}
    derive: {points: echo, bands: {low: {at_most: 2}, high: {at_least: 2}}}
""",
    right="""\
attributes:
  echo: {title: Echo, of: image, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  level:
    title: Level
    of: image
    choose_one: {low: Low, high: High}
    derive: {points: echo, bands: {low: {below: 2}, high: {at_least: 2}}}
""",
    find=find,
)
