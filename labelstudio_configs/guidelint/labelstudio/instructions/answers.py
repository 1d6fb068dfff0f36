"""What a question asks and how it may be answered, for annotators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.instructions.derived import (
    change_of_object_told,
    change_told,
    counted,
    derivation_told,
    left_open_told,
)
from guidelint.labelstudio.instructions.elements import authored, listed, on_one_line, told
from guidelint.validation.asked_when import answers_told
from guidelint.validation.rule.wording import both, either, measure, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import Attribute, NumberRange, Option
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.rule.names import Names

_NAMED_IN_HEADING = 2
"""A question about more classes stands under a heading that does not name them."""


Follows = Callable[["Attribute", "Names"], "Iterator[ET.Element]"]
"""Tells how the answer to a question follows from others, in words or drawn; nothing where it does not."""


def derived_by(item: Attribute) -> Derivation | None:
    """Give how the answer to a question follows, from one image, one object or several; None: it does not."""
    return (
        item.derivation
        or item.of_object
        or item.ranked
        or item.gathered
        or item.at_time_points
        or item.from_time_points
        or item.course_of_object
    )


def follows_in_words(item: Attribute, names: Names) -> Iterator[ET.Element]:
    """Tell in sentences how an answer follows from others."""
    yield from (told("div", note, "gli-note") for note in _followed(item, names))


def _followed(item: Attribute, names: Names) -> Iterator[str]:
    if (follows := derived_by(item)) is not None:
        yield from derivation_told(follows, names, item.options, per_region=item.per_region)
    if item.change is not None:
        yield from change_told(item.change, names, item.options)
    if item.change_of_object is not None:
        yield from change_of_object_told(item.change_of_object, names, item.options)


def question(item: Attribute, names: Names, follows: Follows = follows_in_words) -> Iterator[ET.Element]:
    """Tell what is asked, the answers, how they follow, and when it is asked."""
    if item.definition:
        yield authored("div", item.definition)
    yield from _answers(item)
    if len(item.of) > _NAMED_IN_HEADING:
        yield told("div", f"About {names.every(item.of)}.", "gli-note")
    yield from (told("div", note, "gli-note") for note in _about(item, names))
    yield from follows(item, names)
    yield from (told("div", note, "gli-note") for note in _when(item, names))


def _on(item: Attribute, names: Names) -> Iterator[str]:
    """Say which images of a task are asked, or whose regions are."""
    if item.on and item.per_region:
        yield f"About regions on {either(map(names.image, item.on))}."
    elif item.on:
        yield f"Answered for {both(map(names.image, item.on))}{', each by itself' if item.on[1:] else ''}."


def _about(item: Attribute, names: Names) -> Iterator[str]:
    yield from _on(item, names)
    if item.higher_means:
        yield f"Higher means {item.higher_means}."


def _when(item: Attribute, names: Names) -> Iterator[str]:
    if (follows := item.change or derived_by(item)) is not None:
        yield from left_open_told(follows.left_open, item.options)
    if item.over is not None:
        at_each = " at each time point" if item.change or item.at_time_points else ""
        yield f"You are not asked: it is worked out from all that you read of a {item.over}{at_each}."
    elif item.change_of_object or item.course_of_object:
        yield "You are not asked: it is worked out from all that you read of a patient at each time point."
    elif not item.is_entered:
        once = "once all slices of the series are in" if item.of_object else "when you submit"
        once = f"once all tasks of the {item.ranked.per} are in" if item.ranked else once
        yield f"You are not asked: it is worked out {once}."
    elif item.required is None:
        yield "May be left out."
    elif when := answers_told(item.required.when, item.required.when_number, names, item.required.where):
        yield f"Asked when {when}."
    if item.forbidden is not None:
        left_open = "Not answered" if item.is_entered else "It stays open"
        when = answers_told(item.forbidden.when, item.forbidden.when_number, names, item.forbidden.where)
        yield f"{left_open} when {when}."


def _answers(item: Attribute) -> Iterator[ET.Element]:
    match item.kind:
        case "scale" | "choice" | "multi-choice":
            yield from _options(item)
        case "number":
            yield told("div", _number(item.number))
        case "text":
            yield told("div", f"Text, up to {item.max_length} characters")


def _options(item: Attribute) -> Iterator[ET.Element]:
    """List the options with what they mean, or all on one line where none is explained."""
    shown = {f"{key}\N{NO-BREAK SPACE}" * (item.kind == "scale") + one.title: one for key, one in item.options.items()}
    if any(one.definition or one.points is not None for one in shown.values()):
        yield from listed(_option(title, one) for title, one in shown.items())
    else:
        yield authored("div", "\N{NO-BREAK SPACE}· ".join(shown))
    if item.kind == "multi-choice":
        yield told("div", "One or more.", "gli-note")


def _option(title: str, item: Option) -> ET.Element:
    line = ET.Element("li")
    name = ET.SubElement(line, "b")
    name.text = title
    points = () if item.points is None else (counted(item.points),)
    name.tail = "".join(
        f" – {words}" for words in (*points, *([on_one_line(item.definition)] if item.definition else []))
    )
    return line


def _number(limits: NumberRange | None) -> str:
    if limits is None:
        return "A number"
    least = f"from {number(limits.min)}" if limits.min is not None else ""
    most = f"to {number(limits.max)}" if limits.max is not None else ""
    range_ = " ".join(part for part in ("A number", least, most, limits.unit) if part)
    return f"{range_}, in steps of {measure(limits.step, limits.unit)}" if limits.step is not None else range_
