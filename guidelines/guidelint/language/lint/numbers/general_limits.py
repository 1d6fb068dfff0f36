"""Limits of a class beside those that the whole guideline has of the same quantity: both apply."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import in_words
from guidelint.language.lint.numbers.ranges import Range, leave_nothing, ranges_by_place
from guidelint.validation.rule.parameters.bound import REGIONS, Bound, Lower
from guidelint.validation.rule.parameters.limit_itself import LimitItself
from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.said import meaning
from guidelint.validation.rule.rule import STRICTNESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End
    from guidelint.language.lint.rule_uses import Use
    from guidelint.validation.rule.rule import Level, Rule


@dataclass(frozen=True, slots=True)
class Both:
    """What two uses say of one quantity, of which the one judges nothing that the other does not."""

    narrow: Range
    wide: Range
    use: Use
    """The narrower one."""
    level: Level = "error"
    """Of the wider one."""

    def laxer(self, *, or_equal: bool = False) -> Iterator[tuple[End, End]]:
        """Yield each limit of the narrower use that says nothing, with the stricter one.

        A limit of the narrower one that varies may be stricter; of the wider one what it is at the least counts.
        """
        narrow, wide = self.narrow, self.wide
        if narrow.upper and wide.upper and _beyond(narrow.upper, wide.upper, or_equal=or_equal):
            yield narrow.upper, wide.upper
        sums = wide.lower is not None and _is_sum(wide.lower)
        if narrow.lower and wide.lower and not sums and _beyond(narrow.lower, wide.lower, or_equal=or_equal):
            yield narrow.lower, wide.lower

    def crossed(self) -> Iterator[tuple[End, End]]:
        """Yield each limit of the narrower use beyond which the wider one leaves nothing, with that limit."""
        narrow, wide = self.narrow, self.wide
        if narrow.lower and wide.upper and leave_nothing(narrow.lower, wide.upper):
            yield narrow.lower, wide.upper
        if narrow.upper and wide.lower and leave_nothing(wide.lower, narrow.upper) and not _is_sum(wide.lower):
            yield narrow.upper, wide.lower


def both(draft: Draft) -> tuple[Both, ...]:
    """Pair each use with the unconditional ones that apply to all that it judges."""
    return draft.once(_both)


def _both(draft: Draft) -> tuple[Both, ...]:
    return tuple(_paired(draft))


def _paired(draft: Draft) -> Iterator[Both]:
    found = ranges_by_place(draft)
    uses = [use for use in draft.uses if use.path in found and not type(use.rule).always]
    wides = _wide(uses)
    for use in uses:
        kind, judged = type(use.rule), use.judged(draft.written)
        of_class = wides[kind, judged[0]] if len(judged) == 1 else []
        for wide in (*wides[kind, ""], *of_class):
            if use is not wide and _is_within(use, wide, draft):
                shared = found[use.path].keys() & found[wide.path].keys()
                for quantity in sorted(shared):
                    yield Both(found[use.path][quantity], found[wide.path][quantity], use, wide.level)


def _wide(uses: Sequence[Use]) -> defaultdict[tuple[type[Rule], str], list[Use]]:
    """Sort the uses that always return work by their rule, and by the class where they stand under one."""
    wides: defaultdict[tuple[type[Rule], str], list[Use]] = defaultdict(list)
    for use in uses:
        if not use.is_conditional and not use.escalates:
            wides[type(use.rule), "".join(use.classes)].append(use)
    return wides


def _is_within(use: Use, wide: Use, draft: Draft) -> bool:
    """Whether whatever the one judges the other judges too, at least as strictly, and in the same way."""
    return (
        {*use.judged(draft.written)} <= {*wide.judged(draft.written)}
        and STRICTNESS[wide.level] >= STRICTNESS[use.level]
        and _kind(use) == _kind(wide)
    )


def _kind(use: Use) -> dict[str, object]:
    """Whatever is no limit: what is counted, and per what."""
    kind = type(use.rule)
    return {name: getattr(use.rule, name) for name in kind.model_fields if not is_limit_or_class(kind, name)}


def is_limit_or_class(kind: type[Rule], name: str) -> bool:
    """Whether a parameter only says how much is allowed, or of which classes."""
    return any(meaning(kind, name, one) is not None for one in (Bound, LimitItself, Concerned))


def _beyond(narrow: End, wide: End, *, or_equal: bool) -> bool:
    """Whether whatever departs from the narrower limit departs from the wider one, too."""
    if narrow.multiple:
        return False
    further = narrow.value < wide.value if isinstance(wide.bound, Lower) else narrow.value > wide.value
    equal = narrow.value == wide.value and (wide.is_open or not narrow.is_open)
    return further or (equal and (or_equal or wide.is_open is not narrow.is_open))


def _is_sum(end: End) -> bool:
    """Whether it is a least number of regions, which those of several classes make up together."""
    return isinstance(end.bound, Lower) and end.bound.of == REGIONS


def stands_at(end: End) -> str:
    """Say where a limit stands, from the outermost key."""
    return in_words(end.path[:-1])
