"""What a guideline tells people, part by part: read in Label Studio, handed out as a handbook, written as Markdown."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.config.class_buttons import by_heading
from guidelint.labelstudio.instructions.answers import Follows, follows_in_words
from guidelint.labelstudio.instructions.elements import authored, listed, told
from guidelint.labelstudio.instructions.part import Part
from guidelint.labelstudio.instructions.places import by_place
from guidelint.labelstudio.instructions.special import SPECIAL, UNMARKED, special_cases, unmarked
from guidelint.labelstudio.instructions.steps import (
    NEW,
    REVIEW,
    STEPS,
    SUGGESTED,
    changes,
    looked_at,
    steps,
    suggestions,
)
from guidelint.language.form.places.places import CLASSES, ESCALATION, NOTHING_TO_MARK
from guidelint.language.form.places.titles import titles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from guidelint.labelstudio.instructions.places import Rows
    from guidelint.language.form.guideline import Guideline, Source

_RETURNED: Final = "What comes back to you"
_ASKED: Final = "What departs from this guideline, or leaves open a question that is asked, comes back to you."
_CORRECT: Final = {
    "keep": "Above or beside the image you read what to change. Correct it and press Update.",
    "requeue": "It returns to your queue with your marks in place. Above or beside the image you read what to change.",
}


def document(guideline: Guideline, follows: Follows = follows_in_words) -> tuple[Part, ...]:
    """Tell everything but the author's own text that stands before; parts that would be empty are left out.

    ``follows``: tells how an answer follows from others, in words unless somebody draws it.
    """
    return tuple(part for part in _parts(guideline, follows) if not part.is_empty)


def _parts(guideline: Guideline, follows: Follows) -> Iterator[Part]:
    """Tell how work is done, the classes, then everything else; what happens with the work stands last."""
    names, found = titles(guideline), by_place(guideline, follows)
    yield Part("changes", NEW, tuple(changes(guideline)))
    yield Part("steps", STEPS, tuple(steps(guideline.procedure, names)))
    yield Part("suggestions", SUGGESTED, tuple(suggestions(guideline.ai_assistance, names)))
    yield Part(CLASSES, CLASSES, rows=found.pop(CLASSES), parts=tuple(_classes(guideline, found)))
    yield Part("unmarked", UNMARKED, rows=unmarked(guideline))
    escalated = found.pop(ESCALATION, {})
    for heading, rows in found.items():
        yield Part(heading, heading, rows=rows, is_authored=True)
    yield Part("special", SPECIAL, rows=special_cases(guideline, names))
    yield Part("nothing", NOTHING_TO_MARK, tuple(told("p", words) for words in _nothing(guideline)))
    yield Part("returned", _RETURNED, (told("p", f"{_ASKED} {_CORRECT[guideline.returned_work.mode]}"),))
    yield Part("review", REVIEW, tuple(looked_at(guideline.review)))
    yield Part("escalation", ESCALATION, rows=escalated)
    yield Part("sources", "Sources", tuple(listed(_source(source) for source in guideline.sources)))


def _classes(guideline: Guideline, found: dict[str, Rows]) -> Iterator[Part]:
    """Tell each class, beneath the heading of its group if it has one."""
    for group, items in groupby(by_heading(guideline.classes).items(), lambda named: named[1].group):
        parts = tuple(
            Part(item.title, item.title, (authored("p", item.definition),), found.pop(item.title, {}), of=name)
            for name, item in items
        )
        if group is None:
            yield from parts
        else:
            yield Part(group, group, parts=parts, is_authored=True)


def _nothing(guideline: Guideline) -> Iterator[str]:
    empty, names = guideline.empty_reading, titles(guideline)
    if empty.means:
        yield f"Submit without a mark. It says: {empty.means}"
    for name, options in empty.say.items():
        yield f"Answer {names.question(name)} with {names.answers(name, options)}."


def _source(source: Source) -> ET.Element:
    where = f"doi {source.doi}" if source.doi else source.url or ""
    return authored("li", f"{source.title.rstrip('.')}. {where}")
