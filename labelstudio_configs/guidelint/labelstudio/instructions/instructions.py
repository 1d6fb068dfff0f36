"""Guideline to the instructions that annotators read in Label Studio before they begin.

Label Studio strips scripts and most attributes from instructions, such as ``style`` and ``scope``; ``class``, ``dir``,
``style`` elements and tables stay.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.class_buttons import by_heading
from guidelint.labelstudio.config.colours import colors
from guidelint.labelstudio.instructions.classes import class_heading
from guidelint.labelstudio.instructions.elements import authored, listed, rows, told
from guidelint.labelstudio.instructions.markdown import markdown, picture_rules
from guidelint.labelstudio.instructions.narrowed import narrowed
from guidelint.labelstudio.instructions.places import by_place
from guidelint.labelstudio.instructions.special import special_cases, unmarked
from guidelint.labelstudio.instructions.steps import changes, looked_at, steps, suggestions
from guidelint.labelstudio.instructions.style import STYLE
from guidelint.language.form.places.places import CLASSES, ESCALATION, NOTHING_TO_MARK
from guidelint.language.form.places.standing import standing
from guidelint.language.form.places.titles import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import Guideline, Source

_RETURNED: Final = "What comes back to you"
_ASKED: Final = "What departs from this guideline, or leaves open a question that is asked, comes back to you."
_CORRECT: Final = {
    "keep": "Above or beside the image you read what to change. Correct it and press Update.",
    "requeue": "It returns to your queue with your marks in place. Above or beside the image you read what to change.",
}


def instructions(guideline: Guideline) -> str:
    """Write the instructions as HTML, the same to the byte for the same guideline."""
    root = ET.Element("div", {"class": "gli"})
    ET.SubElement(root, "style").text = STYLE + _swatches(guideline) + picture_rules(guideline.pictures)
    names = titles(guideline)
    if where := standing(guideline):
        ET.SubElement(ET.SubElement(root, "p"), "b").text = f"This guideline is {where}."
    root.append(authored("p", guideline.summary))
    root.extend(narrowed(guideline))
    root.extend(markdown(guideline.instructions, guideline.pictures, guideline.picture_hosts))
    root.extend(changes(guideline))
    root.extend(steps(guideline.procedure, names))
    root.extend(suggestions(guideline.ai_assistance, names))
    root.extend(_places(guideline))
    root.extend(_end(guideline))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", method="html") + "\n"


def _places(guideline: Guideline) -> Iterator[ET.Element]:
    """Tell the classes, then everything else by its heading; what happens with the work stands last."""
    found = by_place(guideline)
    yield told("h3", CLASSES)
    yield from rows(found.pop(CLASSES))
    for group, items in groupby(by_heading(guideline.classes).items(), lambda named: named[1].group):
        if group is not None:
            yield authored("h4", group)
        for name, item in items:
            yield class_heading(name, item)
            yield authored("p", item.definition)
            yield from rows(found.pop(item.title, {}))
    yield from unmarked(guideline)
    escalated = found.pop(ESCALATION, {})
    for heading, parts in found.items():
        yield authored("h3", heading)
        yield from rows(parts)
    yield from special_cases(guideline, titles(guideline))
    yield from _work(guideline)
    if escalated:
        yield told("h3", ESCALATION)
        yield from rows(escalated)


def _work(guideline: Guideline) -> Iterator[ET.Element]:
    yield told("h3", NOTHING_TO_MARK)
    yield from (told("p", words) for words in _nothing(guideline))
    yield told("h3", _RETURNED)
    yield told("p", f"{_ASKED} {_CORRECT[guideline.returned_work.mode]}")
    yield from looked_at(guideline.review)


def _nothing(guideline: Guideline) -> Iterator[str]:
    empty, names = guideline.empty_reading, titles(guideline)
    if empty.means:
        yield f"Submit without a mark. It says: {empty.means}"
    for name, options in empty.say.items():
        yield f"Answer {names.question(name)} with {names.answers(name, options)}."


def _end(guideline: Guideline) -> Iterator[ET.Element]:
    if guideline.sources:
        yield told("h3", "Sources")
        yield from listed(_source(source) for source in guideline.sources)
    since = f", in force from {guideline.effective}" if guideline.effective else ""
    yield told("p", f"Guideline {guideline.name}, version {guideline.version}{since}.", "gli-end")


def _source(source: Source) -> ET.Element:
    where = f"doi {source.doi}" if source.doi else source.url or ""
    return authored("li", f"{source.title.rstrip('.')}. {where}")


def _swatches(guideline: Guideline) -> str:
    return "".join(f".gli-of-{name} {{ background: {color} }}\n" for name, color in colors(guideline.classes).items())
