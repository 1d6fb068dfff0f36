"""Paths of escalation: what leads to whom, and what is done there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.instructions.elements import authored, told
from guidelint.labelstudio.instructions.rules import escalations
from guidelint.validation.rule.names import titled
from guidelint.validation.rule.wording import either, full_stop, measure, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import Guideline, RouteDefinition
    from guidelint.validation.rule.names import Names


def paths(guideline: Guideline, names: Names) -> Iterator[ET.Element]:
    """Draw what leads to each route, and what is done there; nothing without routes."""
    drawn = ET.Element("ul", {"class": "hb-paths"})
    for key, route in guideline.escalation.routes.items():
        leading = tuple(_leading(key, guideline, names))
        if leading:
            path = ET.SubElement(drawn, "li")
            causes = ET.SubElement(path, "ul", {"class": "hb-causes"})
            causes.extend(told("li", words) for words in leading)
            path.append(_taken(route))
    if len(drawn):
        yield drawn


def _leading(key: str, guideline: Guideline, names: Names) -> Iterator[str]:
    """Say everything that leads to a route."""
    for to, when in escalations(guideline, names):
        if to == key:
            yield sentence(f"if {when}")
    for case in guideline.edge_cases.values():
        if case.ask == key:
            yield f"If you are not sure: {titled(case.title)}."
    consensus = guideline.readers.consensus
    if consensus is not None and consensus.adjudicator == key:
        yield "If readers disagree."


def _taken(route: RouteDefinition) -> ET.Element:
    """Show who takes it, and what is done."""
    card = ET.Element("div", {"class": "hb-route"})
    ET.SubElement(card, "strong", {"dir": "auto"}).text = route.who
    card.extend(told("div", words) for words in _done(route))
    if route.message:
        card.append(authored("div", f"{route.message}{full_stop(route.message)}", "gli-note"))
    return card


def _done(route: RouteDefinition) -> Iterator[str]:
    if route.person:
        yield f"Asked by name: {either(route.person)}."
    if route.within_hours:
        yield f"Within {measure(route.within_hours, 'hour' if route.within_hours == 1 else 'hours')}."
    if route.readings > 1:
        yield f"{route.readings} readings in all."
    if route.hold:
        yield "Until then the task is held."
