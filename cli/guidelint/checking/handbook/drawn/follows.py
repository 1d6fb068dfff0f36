"""How an answer follows from others: tables of points, of bands and of pairs, and decisions one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.checking.handbook.drawn.tables import Row, table
from guidelint.labelstudio.instructions.answers import derived_by
from guidelint.labelstudio.instructions.derived import (
    change_of_object_told,
    change_told,
    derivation_told,
    tolerance_told,
)
from guidelint.labelstudio.instructions.elements import told
from guidelint.validation.criteria.told import criteria_told
from guidelint.validation.rule.names import plain
from guidelint.validation.rule.wording import measure, number, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.language.form.guideline import Attribute, Guideline
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.rule.condition import Between
    from guidelint.validation.rule.names import Names


@dataclass(frozen=True, slots=True)
class FollowsDrawn:
    """Draws how answers of one guideline follow."""

    guideline: Guideline

    def __call__(self, item: Attribute, names: Names) -> Iterator[ET.Element]:
        """Draw it for one question; nothing where its answer does not follow."""
        if (by := derived_by(item)) is not None:
            yield from self._derived(by, item, names)
        changes = [change_told(item.change, names, item.options)] if item.change is not None else []
        if item.change_of_object is not None:
            changes.append(change_of_object_told(item.change_of_object, names, item.options))
        for head, *bands in changes:
            yield told("div", head, "gli-note")
            yield _flow(_parted(band) for line in bands for band in line.rstrip(".").split("; "))

    def _derived(self, by: Derivation, item: Attribute, names: Names) -> Iterator[ET.Element]:
        head = next(derivation_told(by, names, item.options, per_region=item.per_region))
        yield told("div", head, "gli-note")
        if by.first_of:
            yield _flow(
                (
                    "Otherwise" if way.criteria is None else sentence(f"if {criteria_told(way.criteria, names)}")[:-1],
                    item.options[way.option].title,
                )
                for way in by.first_of
            )
        if by.how == "points":
            yield self._points(by, names)
        if by.bands:
            unit = by.unit if by.how in ("product", "ratio") else ""
            first = "Points" if by.how == "points" else "Value"
            rows = (Row((_limits(band.limits, unit),), (self._answer(item, band.option),)) for band in by.bands)
            yield table(f"{item.title}: what leads to which answer", (first, item.title), rows, "hb-bands")
        if by.cells:
            yield self._pairs(by, item, names)
        yield from (told("div", line, "gli-note") for line in tolerance_told(by))

    def _points(self, by: Derivation, names: Names) -> ET.Element:
        """List what every answer counts, a table for each question."""
        tables = ET.Element("div", {"class": "hb-points"})
        for term in by.terms:
            if (asked := self.guideline.attributes.get(term.question)) is not None:
                rows = (Row((option.title,), (number(option.points or 0),)) for option in asked.options.values())
                tables.append(table(names.question(term.question), ("Answer", "Points"), rows))
        return tables

    def _pairs(self, by: Derivation, item: Attribute, names: Names) -> ET.Element:
        """Lay out two answers as rows and columns."""
        row, column = (term.question for term in by.terms)
        seconds = tuple(dict.fromkeys(second for cells in by.cells.values() for second in cells))
        rows = (
            Row(
                (names.answers(row, [first]),),
                tuple(self._answer(item, cells[second]) if second in cells else "" for second in seconds),
            )
            for first, cells in by.cells.items()
        )
        caption = f"{item.title} by {names.question(row)} (rows) and {names.question(column)} (columns)"
        corner = names.question(row)
        return table(caption, (corner, *(names.answers(column, [second]) for second in seconds)), rows, "hb-pairs")

    @staticmethod
    def _answer(item: Attribute, option: str) -> str:
        title = item.options[option].title
        return f"{option} ({title})" if item.kind == "scale" else title


def _flow(ways: Iterable[tuple[str, str]]) -> ET.Element:
    """Draw decisions one below the other, each with the answer that it leads to."""
    flow = ET.Element("ol", {"class": "hb-flow"})
    for when, then in ways:
        way = ET.SubElement(flow, "li")
        condition = told("span", when, "hb-if")
        ET.SubElement(condition, "span", {"class": "hb-unseen"}).text = ": "
        way.append(condition)
        way.append(told("strong", then, "hb-then"))
    return flow


def _parted(band: str) -> tuple[str, str]:
    """Part "Progression: grown by …" into when, and what then."""
    then, _, when = band.partition(": ")
    return sentence(f"if {when}" if when != "otherwise" else when)[:-1], plain(then)


def _limits(limits: Between, unit: str) -> str:
    """Write limits as short as in a table: 4 to 6."""
    low, high = limits.at_least, limits.at_most
    if low is not None and low == high:
        return measure(low, unit)
    if low is not None and high is not None:
        return f"{number(low)} to {measure(high, unit)}"
    if low is not None and limits.below is None:
        return f"{measure(low, unit)} or more"
    if high is not None and limits.above is None:
        return f"{measure(high, unit)} or less"
    return limits.told(unit)
