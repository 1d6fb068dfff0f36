"""What a guideline tells, at the places that findings name.

"Nodule › Malignancy" is found under the heading Nodule, in the row Malignancy.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.instructions.answers import Follows, follows_in_words, question
from guidelint.labelstudio.instructions.classes import class_facts, how_to_draw
from guidelint.labelstudio.instructions.elements import authored, listed, told
from guidelint.labelstudio.instructions.rules import rules
from guidelint.language.form.places.places import (
    BETWEEN,
    CLASSES,
    HOW_TO_DRAW,
    IMAGE,
    OF_QUESTION,
    place,
    question_place,
)
from guidelint.language.form.places.titles import titles
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

    from guidelint.labelstudio.instructions.rules import Told
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.rule.names import Names

Rows = dict[str, list["ET.Element"]]

_WINDOWS: Final = "Windows"
_OVERLAPS: Final = "Where they overlap"
_AT_EACH: Final = "As each class says."


def by_place(guideline: Guideline, follows: Follows = follows_in_words) -> dict[str, Rows]:
    """Gather rows by heading: facts of a class, then its rules, then its questions.

    ``follows``: tells how an answer follows from others.
    """
    names, said = titles(guideline), _said(guideline)
    asked_or_told = (part for part in guideline.attributes.values() if not part.is_helper)
    questions = {question_place(part, guideline): part for part in asked_or_told}
    found: dict[str, Rows] = {}
    for heading, content in _of_classes(guideline, names):
        found.setdefault(heading, {}).update(content)
    for where in questions:
        found.setdefault(where.partition(BETWEEN)[0], {})
    if guideline.images.windows:
        _row(found, place(IMAGE, _WINDOWS)).extend(_windows(guideline))
    for where, rule in said.items():
        if where not in questions:
            _row(found, where).extend(rule)
    for where, asked in questions.items():
        _row(found, where).extend((*question(asked, names, follows), *said.get(where, ())))
    return {heading: _questions_first(rows) for heading, rows in found.items()}


def _questions_first(rows: Rows) -> Rows:
    """Put the rules that an author names beside a question behind that question."""
    at = {name: index for index, name in enumerate(rows)}

    def order(name: str) -> tuple[int, bool]:
        question = name.partition(OF_QUESTION)[0]
        return at.get(question, at[name]), question != name

    return {name: rows[name] for name in sorted(rows, key=order)}


def _of_classes(guideline: Guideline, names: Names) -> Iterator[tuple[str, Rows]]:
    """Tell how to draw once where it is the same for all classes, else at each of them."""
    parts = guideline.classes.values()
    ways = [how_to_draw(name, guideline, names) for name in guideline.classes]
    once = len(set(ways)) == 1
    yield CLASSES, {HOW_TO_DRAW: [told("div", words) for words in (ways[0] if once else (_AT_EACH,))]}
    if guideline.priority:
        yield CLASSES, {_OVERLAPS: [told("div", words) for words in _overlapping(guideline.priority, names)]}
    for part, way in zip(parts, ways, strict=True):
        drawn = {} if once else {HOW_TO_DRAW: [told("div", words) for words in way]}
        yield part.title, {**drawn, **{name: list(content) for name, content in class_facts(part, names)}}


def _overlapping(classes: tuple[str, ...], names: Names) -> Iterator[str]:
    """Tell which class a pixel belongs to that several of them have."""
    first, *others = map(names.class_, classes)
    yield f"Where regions of these overlap, the pixel belongs to the first: {', then '.join((first, *others))}."
    yield "Whatever is measured of the others is measured without it, so that you need not draw along their edge again."


def _windows(guideline: Guideline) -> Iterator[ET.Element]:
    """Tell in which windows images are looked at."""
    for name, window in guideline.images.windows.items():
        title = name.replace("-", " ").capitalize()
        yield told("div", f"{title}: center {number(window.center)}, width {number(window.width)}")


def _row(found: dict[str, Rows], where: str) -> list[ET.Element]:
    heading, _, name = where.partition(BETWEEN)
    return found.setdefault(heading, {}).setdefault(name, [])


def _said(guideline: Guideline) -> Mapping[str, list[ET.Element]]:
    """Gather the rules of each place: one by itself, several as a list."""
    gathered: dict[str, list[Told]] = defaultdict(list)
    for one in rules(guideline):
        gathered[one.place].append(one)
    return {place: list(_together(several)) for place, several in gathered.items()}


def _together(several: list[Told]) -> Iterator[ET.Element]:
    tag = "div" if len(several) == 1 else "li"
    made = [_rule(tag, one) for one in several]
    yield from made if tag == "div" else listed(made)


def _rule(tag: str, one: Told) -> ET.Element:
    made = told(tag, one.words)
    if one.beside:
        made.append(authored("div", one.beside, "gli-note"))
    return made
