"""What is left unmarked, and what is rare or hard, for annotators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.instructions.elements import authored, told
from guidelint.labelstudio.instructions.markdown import picture_element
from guidelint.validation.rule.wording import both, full_stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from guidelint.labelstudio.instructions.places import Rows
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.sections.edge_case import EdgeCase
    from guidelint.validation.rule.names import Names

UNMARKED: Final = "Leave unmarked"
SPECIAL: Final = "Special cases"


def unmarked(guideline: Guideline) -> Rows:
    """Tell what has a name and is not marked."""
    return {
        item.title: [
            authored("div", item.definition),
            *([authored("div", item.because, "gli-note")] if item.because else []),
        ]
        for item in guideline.not_annotated.values()
    }


def special_cases(guideline: Guideline, names: Names) -> Rows:
    """Tell what is done in cases that are rare or hard, and whom to ask."""
    return {item.title: list(_case(item, guideline, names)) for item in guideline.edge_cases.values()}


def _case(item: EdgeCase, guideline: Guideline, names: Names) -> Iterator[ET.Element]:
    if item.seen_as:
        yield authored("div", item.seen_as)
    if item.picture:
        yield picture_element(item.picture, item.title, guideline.pictures, guideline.picture_hosts)
    yield authored("div", item.do)
    if item.of:
        yield told("div", f"About {both([names.class_(name) for name in item.of])}.", "gli-note")
    if item.ask:
        who = guideline.escalation.routes[item.ask].who
        yield told("div", f"If you are not sure, ask: {who}{full_stop(who)}", "gli-note")
