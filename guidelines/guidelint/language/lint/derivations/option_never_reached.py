"""An option never follows: what leads to it never holds, or leads to another one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.shorthand import OTHERWISE
from guidelint.language.lint.conditions.alternatives import can_hold, covers
from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.derivations.ways import everything, ways_of
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.conditions.alternatives import Alternative
    from guidelint.language.lint.derivations.derived import Following
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the criteria of each option with those of the options before it."""
    for one in following(draft):
        yield from _unreached(one, draft)


def _unreached(one: Following, draft: Draft) -> Iterator[Flaw]:
    before: dict[str, list[Alternative]] = {}
    for option, criteria in one.derive.first_of.items():
        path = (*one.path, "first_of", option)
        ways = [{}] if criteria is None else ways_of(criteria, draft.written)
        possible = [way for way in ways if can_hold(way, everything(draft))]
        if not possible:
            message = f"nothing is ever as asked for `{option}`, so that is never the answer to `{one.name}`"
            yield Flaw(message, path, "Correct the limits, or delete the option.", "key")
        elif earlier := _earlier(possible, before):
            message = f"whatever leads to `{option}` of `{one.name}` leads to `{earlier}` before"
            yield Flaw(message, path, f"Write it before `{earlier}`, or ask for something else.", "key")
        before[option] = possible


def _earlier(ways: list[Alternative], before: dict[str, list[Alternative]]) -> str | None:
    """Name the option that is reached in place of this one, if one always is."""
    reached = [next((name for name, others in before.items() if _any_covers(others, way)), None) for way in ways]
    return reached[0] if all(reached) else None


def _any_covers(others: list[Alternative], way: Alternative) -> bool:
    return any(covers(other, way) for other in others)


LINT = Lint(
    code="option-never-reached",
    means="An option never follows: what leads to it never holds, or leads to another option before.",
    why=(
        f"Options are gone through in the order in which they stand, the most severe mostly first; `{OTHERWISE}` holds"
        " always, and stands last."
    ),
    wrong="""\
attributes:
  grade:
    title: Grade
    of: image
    choose_one: {few: Few, many: Many, none: None}
    derive: {first_of: {few: {marked: lesion}, many: {count: {lesion: {at_least: 5}}}, none: otherwise}}
""",
    right="""\
attributes:
  grade:
    title: Grade
    of: image
    choose_one: {few: Few, many: Many, none: None}
    derive: {first_of: {many: {count: {lesion: {at_least: 5}}}, few: {marked: lesion}, none: otherwise}}
""",
    find=find,
)
