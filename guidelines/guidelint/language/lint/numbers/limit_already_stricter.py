"""A limit says nothing, since a stricter one applies as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.general_limits import both, stands_at
from guidelint.language.lint.numbers.ranges import ranges
from guidelint.validation.rule.parameters.bound import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the limits of classes with those that apply to all of the same regions."""
    for end, other in _within_one_place(draft):
        message = f"{end.shown} says nothing: {other.shown} allows less, and the one never exceeds the other"
        yield Flaw(message, end.path, "Write the limit that is meant, or delete it.")
    for pair in both(draft):
        if not pair.use.escalates:
            for end, other in pair.laxer():
                where = stands_at(other)
                message = f"{end.shown} says nothing: {other.shown} of `{where}` applies here as well, and is stricter"
                remedy = "Delete the one that is not meant: what a class asks comes on top of what is asked of all."
                yield Flaw(message, end.path, remedy)


def _within_one_place(draft: Draft) -> Iterator[tuple[End, End]]:
    """Yield limits that follow from those of a quantity that is never smaller, or never larger."""
    found = ranges(draft)
    for (place, _, unit), one in found.items():
        end = one.upper or one.lower
        around = found.get((place, end.bound.within, unit)) if end and isinstance(end.bound, Bound) else None
        if around is None:
            continue
        if one.upper and around.upper and one.upper.value > around.upper.value and not one.upper.multiple:
            yield one.upper, around.upper
        if one.lower and around.lower and one.lower.value > around.lower.value and not around.lower.multiple:
            yield around.lower, one.lower


LINT = Lint(
    code="limit-already-stricter",
    means="A limit says nothing, since a stricter one applies to the same regions.",
    why=(
        "What a guideline asks of everything it asks of each class as well; what a class asks comes on top and "
        "takes nothing back. Give each class its own limit, and none to all."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {area-limits: {min_mm2: 2}}}
  organ: {title: Organ, definition: The organ around it., draw: polygon}
rules: {area-limits: {min_mm2: 4}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {area-limits: {min_mm2: 2}}}
  organ: {title: Organ, definition: The organ around it., draw: polygon, rules: {area-limits: {min_mm2: 4}}}
""",
    find=find,
)
