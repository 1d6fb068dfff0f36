"""A sum leads to no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following, sums_of
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.wording import first_few, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for sums that can come of the answers and lie in no band."""
    for one in following(draft):
        bands = one.derive.bands
        missing = [sum_ for sum_ in sums_of(one, draft) if not any(band.holds(sum_) for band in bands.values())]
        if bands and missing:
            listed = first_few([*map(number, missing)], len(missing))
            message = f"no answer to `{one.name}` follows from a {one.number} of {listed}"
            yield Flaw(message, (*one.path, "bands"), "Widen the band beside it, or add one.", "key")


LINT = Lint(
    code="bands-with-gap",
    level="warning",
    means="A sum that can come of the answers leads to no answer.",
    why=(
        "Whoever gives those answers cannot be told what follows, and their work stays unverified. Say to which answer "
        "each sum leads; where the protocol leaves one out, that is a question to its authors."
    ),
    wrong="""\
attributes:
  echo: {title: Echo, of: image, required: true, choose_one: {a: {title: A, points: 1}, b: {title: B, points: 2}}}
  level:
    title: Level
    of: image
    choose_one: {low: Low, high: High}
    derive: {points: echo, bands: {low: {below: 1}, high: {at_least: 2}}}
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
