"""A condition as alternatives, each of which says of every thing it depends on what that may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import inf
from typing import TYPE_CHECKING

from guidelint.language.form.guideline import may_stay_open
from guidelint.language.lint.numbers.interval import POSITIVE, Interval, interval_between, interval_of
from guidelint.language.lint.numbers.largest_area import PIXEL_MM, largest_marked_area
from guidelint.validation.rule.condition import Between, size_limits
from guidelint.validation.rule.parameters.modality import CODE_STRING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenAttribute, WrittenBody
    from guidelint.validation.rule.condition import Condition, Days, ImageIs

Thing = tuple[str, str]
"""What a condition depends on: the key of the condition, and what beneath it."""


@dataclass(frozen=True, slots=True)
class Others:
    """Whatever is none of these."""

    than: frozenset[str]


Values = frozenset[str] | Interval | Others
Alternative = Mapping[Thing, Values]
MOST = 256
"""More alternatives than this are not told apart: nobody writes them."""
MODALITY: Thing = ("image", "modality")
TIME_POINT: Thing = ("image", "time_point")
SPACING: Thing = ("image", "pixel_spacing_mm")
SOURCE: Thing = ("source", "")
_SIZES = (("longest_mm", "short_axis_mm"), ("longest_px", "short_axis_px"))
"""Sizes of which the second never exceeds the first."""
_AREAS = (("area_mm2", "longest_mm", "short_axis_mm"), ("area_px", "longest_px", "short_axis_px"))
"""Areas that the diameters bound."""
_SOME, _NONE = Interval(low=1), Interval(low=0, high=0)
NOTHING_SAID: Alternative = {("", "more alternatives than are told apart"): frozenset({""})}


def alternatives(condition: Condition | None, written: WrittenBody) -> list[Alternative]:
    """List the alternatives under which a condition holds; without a condition one that says nothing.

    Nothing is said of names of nothing: they are told as what they are.
    """
    if condition is None:
        return [{}]
    found: list[Alternative] = [_all(_own(condition, written))]
    if condition.marked:
        found = each_with(found, [{marks(name): _SOME} for name in condition.marked])
    if condition.any_of:
        found = each_with(found, [one for branch in condition.any_of for one in alternatives(branch, written)])
    if condition.not_ is not None:
        found = each_with(found, contrary(condition.not_, written))
    return found


def contrary(condition: Condition, written: WrittenBody) -> list[Alternative]:
    """List the alternatives under which a condition does not hold: one part of it, at least, does not."""
    found = [one for thing, values in _own(condition, written) for one in _unlike(thing, values, written)]
    if condition.marked:
        found.append({marks(name): _NONE for name in condition.marked})
    if condition.any_of:
        found += all_of(contrary(branch, written) for branch in condition.any_of)
    if condition.not_ is not None:
        found += alternatives(condition.not_, written)
    return found if len(found) <= MOST else [NOTHING_SAID]


def _unlike(thing: Thing, values: Values, written: WrittenBody) -> Iterator[Alternative]:
    """Yield the alternatives to what a thing may be; that a question is left open is one of them.

    Of a pixel spacing, which is two numbers, and of several answers at once nothing is said.
    """
    about, name = thing
    if about in {"answer", "number"}:
        question = written.attributes.get(name)
        if question is None:
            yield NOTHING_SAID
            return
        if question.derive is not None or question.forbidden is not None or may_stay_open(question.required):
            yield {("open", name): frozenset({name})}
    if thing == SPACING or not about:
        yield NOTHING_SAID
    elif isinstance(values, Interval):
        yield from ({thing: beyond} for beyond in values.beyond)
    elif isinstance(values, frozenset):
        yield {thing: Others(values)}


def each_with(some: list[Alternative], others: list[Alternative]) -> list[Alternative]:
    """Let one of each hold together."""
    if len(some) * len(others) > MOST:
        return [NOTHING_SAID]
    return [meet(one, other) for one in some for other in others]


def all_of(several: Iterable[list[Alternative]]) -> list[Alternative]:
    """Let one of each of several hold together."""
    return reduce(each_with, several, [{}])


def marks(name: str) -> Thing:
    """Stand for the number of regions of a class on an image."""
    return "count", name


def meet(one: Alternative, other: Alternative) -> Alternative:
    """Let both hold."""
    return _all((*one.items(), *other.items()))


def can_hold(one: Alternative, everything: Alternative) -> bool:
    """Whether something is as an alternative says."""
    return not impossible(one, everything)


def impossible(one: Alternative, everything: Alternative) -> Thing | None:
    """Find what cannot be as an alternative says."""
    limited = {thing: _both(values, _possible(thing, everything)) for thing, values in one.items()}
    for thing, values in limited.items():
        if _is_empty(values):
            return thing
    for longest, short in _SIZES:
        around, within = limited.get(("size", longest)), limited.get(("size", short))
        if isinstance(around, Interval) and isinstance(within, Interval):
            never_longer = within.meet(Interval(high=around.high, without_high=around.without_high))
            if never_longer.is_empty:
                return "size", short
    return next(
        (("size", area) for area, *diameters in _AREAS if _too_large(area, diameters, limited, everything)), None
    )


def _too_large(
    area: str, diameters: Iterable[str], limited: Mapping[Thing, Values | None], everything: Alternative
) -> bool:
    """Whether an area is larger than any that its diameters leave."""
    given, *around = (limited.get(("size", size)) for size in (area, *diameters))
    spacing = everything.get(SPACING)
    side = spacing.high if isinstance(spacing, Interval) and spacing.high < inf else PIXEL_MM
    longest, short = (one.high if isinstance(one, Interval) else inf for one in around)
    most = largest_marked_area(longest, short, pixel=side if area.endswith("mm2") else 1.0)
    return isinstance(given, Interval) and given.low > most


def covers(one: Alternative, other: Alternative) -> bool:
    """Whether whatever is as the other says is as the first one says; of what nothing is said, nobody knows."""
    return all(thing[0] and _covers(values, other.get(thing)) for thing, values in one.items())


def says_nothing(one: Alternative, everything: Alternative, written: WrittenBody) -> bool:
    """Whether an alternative holds of everything that the guideline allows."""
    return all(_covers(values, _known(thing, everything, written)) for thing, values in one.items())


def _own(condition: Condition, written: WrittenBody) -> Iterator[tuple[Thing, Values]]:
    for name, options in condition.answer.items():
        question = written.attributes.get(name)
        yield _thing_of_answer(name, options, question), frozenset(options)
    for name, limits in condition.number.items():
        question, numbers = written.attributes.get(name), interval_of(limits)
        if question is not None and question.kind == "scale":
            yield ("answer", name), frozenset(step for step in question.options if not _outside(step, numbers))
        else:
            yield ("number", name), numbers
    for name, limits in size_limits(condition.size):
        yield ("size", name), interval_of(limits)
    if condition.source:
        yield SOURCE, frozenset(condition.source)
    if condition.image is not None:
        yield from _of_image(condition.image)


def _thing_of_answer(name: str, options: tuple[str, ...], question: WrittenAttribute | None) -> Thing:
    """Tell questions apart by what is asked of them where several options may be the answer at once."""
    if question is None or not {*options} <= question.options.keys():
        return _not_known(name, options)
    return ("answer", f"{name}: {sorted(options)}" if question.kind == "multi-choice" else name)


def _not_known(name: str, values: Iterable[str]) -> Thing:
    """Stand for what names nothing: of that nothing is said here."""
    return "", f"{name}: {sorted(values)}"


def _of_image(asked: ImageIs) -> Iterator[tuple[Thing, Values]]:
    if asked.modality:
        are_codes = all(re.fullmatch(CODE_STRING, code) for code in asked.modality)
        yield MODALITY if are_codes else _not_known("modality", asked.modality), frozenset(asked.modality)
    if asked.time_point:
        yield TIME_POINT, frozenset(name.casefold() for name in asked.time_point)
    if asked.view:
        yield ("image", "view"), frozenset(name.casefold() for name in asked.view)
    for name in ("name", "side"):
        if given := getattr(asked, name):
            yield ("image", name), frozenset(given)
    if asked.study_date is not None:
        yield ("image", "study_date"), _days(asked.study_date)
    for name in type(asked).model_fields:
        limits = getattr(asked, name)
        if isinstance(limits, Between):
            yield ("image", name), interval_of(limits)


def _days(limits: Days) -> Interval:
    since, until = (None if day is None else float(day.replace("-", "")) for day in (limits.since, limits.until))
    return interval_between(since, until)


def _outside(step: str, numbers: Interval) -> bool:
    return numbers.meet(Interval(float(step), float(step))).is_empty


def _all(parts: Iterable[tuple[Thing, Values]]) -> Alternative:
    found: dict[Thing, Values] = {}
    for thing, values in parts:
        found[thing] = _both(found[thing], values) if thing in found else values
    return found


def _both(one: Values, other: Values | None) -> Values:
    match one, other:
        case (Interval(), Interval()):
            return one.meet(other)
        case (frozenset(), frozenset()):
            return one & other
        case (frozenset(), Others()):
            return one - other.than
        case (Others(), frozenset()):
            return other - one.than
        case (Others(), Others()):
            return Others(one.than | other.than)
        case _:
            return one


def _is_empty(values: Values) -> bool:
    match values:
        case Interval():
            return values.is_empty
        case frozenset():
            return not values
        case Others():
            return False


def _possible(thing: Thing, everything: Alternative) -> Values | None:
    """Say what a thing may be; sizes and what an image states are more than nothing."""
    return everything.get(thing, POSITIVE if thing[0] in {"size", "image"} else None)


def _known(thing: Thing, everything: Alternative, written: WrittenBody) -> Values | None:
    """Say what a thing always is one of; None where it need not be answered."""
    question = written.attributes.get(thing[1]) if thing[0] in {"answer", "number"} else None
    if question is not None and may_stay_open(question.required):
        return None
    return _possible(thing, everything)


def _covers(values: Values, everything: Values | None) -> bool:
    match values, everything:
        case (Interval(), Interval()):
            return values.covers(everything)
        case (frozenset(), frozenset()):
            return everything <= values
        case (Others(), frozenset()):
            return values.than.isdisjoint(everything)
        case (Others(), Others()):
            return values.than <= everything.than
        case _:
            return False
