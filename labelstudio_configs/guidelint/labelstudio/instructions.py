"""Guideline to the instructions that annotators read in Label Studio before they begin.

Label Studio strips ``style`` attributes and scripts from instructions; ``class``, ``style`` elements and tables stay.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.guideline.titles import titles
from guidelint.labelstudio.controls import SHOWN_AS
from guidelint.labelstudio.controls_defaults import colors
from guidelint.labelstudio.instructions_markdown import markdown, picture_rules
from guidelint.validation.names import pieces
from guidelint.validation.wording import bounds, measure, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.guideline.model import Attribute, ClassDefinition, Guideline, RuleUse

STYLE: Final = """
.gli p, .gli li, .gli td { font-size: 14px; line-height: 20px }
.gli p { margin: 0 0 8px }
.gli ul, .gli ol { margin: 0 0 8px; padding-left: 20px }
.gli ul { list-style: disc }
.gli ol { list-style: decimal }
.gli h3 { margin: 18px 0 4px; font-size: 16px }
.gli table { border-collapse: collapse; width: 100% }
.gli th { text-align: left; font-size: 12px; font-weight: normal; opacity: 0.75 }
.gli td, .gli th { padding: 4px 10px 4px 0; vertical-align: top; border-bottom: 1px solid rgba(128, 128, 128, 0.3) }
.gli td:first-child { width: 30% }
.gli .gli-name { min-width: 150px; font-weight: bold }
.gli-swatch { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px }
.gli .gli-end { margin-top: 18px; font-size: 12px; opacity: 0.75 }
"""

_CORRECT: Final = {
    "keep": "Above the image you read what to change. Correct it and press Update.",
    "requeue": "It returns to your queue with your marks in place. Above the image you read what to change.",
}


def instructions(guideline: Guideline) -> str:
    """Write the instructions as HTML, the same to the byte for the same guideline."""
    root = ET.Element("div", {"class": "gli"})
    ET.SubElement(root, "style").text = STYLE + _swatches(guideline) + picture_rules(guideline.pictures)
    _tell(root, "p", guideline.summary)
    root.extend(markdown(guideline.instructions, guideline.pictures, guideline.picture_hosts))
    for title, part in _sections(guideline):
        if part is not None:
            _tell(root, "h3", title)
            root.append(part)
    _tell(root, "p", f"Guideline {guideline.name}, version {guideline.version}.").set("class", "gli-end")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", method="html") + "\n"


def _sections(guideline: Guideline) -> Iterator[tuple[str, ET.Element | None]]:
    yield "What to mark", _table(("Class", "Draw", "What it is"), starmap(_class_row, guideline.classes.items()))
    for classes in dict.fromkeys(item.of for item in guideline.attributes.values()):
        about = " or ".join(guideline.classes[name].title for name in classes)
        title = f"What to answer about each {about}" if about else "What to answer about the image"
        asked = (item for item in guideline.attributes.values() if item.of == classes)
        yield title, _table(("Question", "Answers"), (_question_row(item, guideline) for item in asked))
    yield "When there is nothing to mark", _list(_nothing(guideline))
    yield "What comes back to you", _list(_returned(guideline))
    yield "What goes to someone else", _list(_escalated(guideline))


def _class_row(name: str, item: ClassDefinition) -> tuple[ET.Element, ...]:
    meaning = ET.Element("td")
    _tell(meaning, "div", item.definition)
    for title, lines in (("Counts", item.includes), ("Does not count", item.excludes)):
        if lines:
            line = ET.SubElement(meaning, "div")
            _tell(line, "b", f"{title}: ").tail = f"{'; '.join(lines)}."
    if amount := _amount(item):
        _tell(meaning, "div", amount)
    named = ET.Element("td", {"class": "gli-name"})
    ET.SubElement(named, "span", {"class": f"gli-swatch gli-of-{name}"}).tail = item.title
    return named, _cell(" or ".join(SHOWN_AS[tool] for tool in item.draw)), meaning


def _amount(item: ClassDefinition) -> str:
    limits = bounds(item.count.min or None, item.count.max) if item.count else ""
    return f"Per image {limits}." if limits else ""


def _question_row(item: Attribute, guideline: Guideline) -> tuple[ET.Element, ...]:
    title = ET.Element("td")
    _tell(title, "b", item.title)
    if item.definition:
        _tell(title, "div", item.definition)
    return title, _answers(item, guideline)


def _answers(item: Attribute, guideline: Guideline) -> ET.Element:
    cell = ET.Element("td")
    _tell(cell, "div", _range(item))
    if item.higher_means:
        _tell(cell, "div", f"Higher means {item.higher_means}.")
    if item.required and item.required.when:
        _say(cell, "div", f"Asked when {titles(guideline).conditions(item.required.when)}.")
    if item.required is None:
        _tell(cell, "div", "May be left out.")
    return cell


def _range(item: Attribute) -> str:
    match item.kind:
        case "scale":
            return " · ".join(f"{key}\N{NO-BREAK SPACE}{option.title}" for key, option in item.options.items())
        case "choice" | "multi-choice":
            many = " (one or more)" if item.kind == "multi-choice" else ""
            return " · ".join(option.title for option in item.options.values()) + many
        case "number":
            return _number(item)
        case "text":
            return f"Text, up to {item.max_length} characters"


def _number(item: Attribute) -> str:
    if item.number is None:
        return "A number"
    least, most, unit = item.number.min, item.number.max, item.number.unit
    bounds = [f"from {least:g}" if least is not None else "", f"to {most:g}" if most is not None else "", unit]
    return " ".join(("A number", *(part for part in bounds if part)))


def _nothing(guideline: Guideline) -> Iterator[str]:
    empty, names = guideline.empty_reading, titles(guideline)
    if empty.means:
        yield f"Submit without a mark. It says: {empty.means}"
    for name, options in empty.say.items():
        yield f"Answer {names.question(name)} with {names.answers(name, options)}."


def _returned(guideline: Guideline) -> Iterator[str]:
    names = titles(guideline)
    for name, item in guideline.classes.items():
        yield from (use.rule.told(names.of((name,))) for use in _insisting(item.rules.values()))
    uses = _insisting((*guideline.rules.values(), *guideline.relations.values()))
    yield from (use.rule.told(names) for use in uses)
    yield _CORRECT[guideline.returned_work.mode]


def _insisting(uses: Iterable[RuleUse]) -> Iterator[RuleUse]:
    return (use for use in uses if (use.level or use.rule.level) == "error")


def _escalated(guideline: Guideline) -> Iterator[str]:
    names = titles(guideline)
    for item in guideline.escalation.when.values():
        route = guideline.escalation.routes[item.to]
        when = sentence(f"if {item.use.rule.told_if(names.of(item.classes))}: {route.who}{_within(route.within_hours)}")
        yield f"{when} {item.because}".strip()


def _within(hours: float | None) -> str:
    return f", within {measure(hours, 'hour' if hours == 1 else 'hours')}" if hours else ""


def _table(heads: Iterable[str], rows: Iterable[tuple[ET.Element, ...]]) -> ET.Element | None:
    table = ET.Element("table", {"class": "table"})
    line = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for head in heads:
        _tell(line, "th", head)
    body = ET.SubElement(table, "tbody")
    for cells in rows:
        ET.SubElement(body, "tr").extend(cells)
    return table if len(body) else None


def _list(lines: Iterable[str]) -> ET.Element | None:
    found = ET.Element("ul")
    for line in lines:
        _say(found, "li", line)
    return found if len(found) else None


def _cell(text: str) -> ET.Element:
    cell = ET.Element("td")
    cell.text = text
    return cell


def _swatches(guideline: Guideline) -> str:
    return "".join(f".gli-of-{name} {{ background: {color} }}\n" for name, color in colors(guideline.classes).items())


def _say(parent: ET.Element, tag: str, text: str) -> ET.Element:
    """Add an element with a sentence, the titles in it stressed."""
    element = ET.SubElement(parent, tag)
    for piece, is_title in pieces(text):
        if is_title:
            ET.SubElement(element, "em", {"dir": "auto"}).text = piece
        elif len(element):
            element[-1].tail = piece
        else:
            element.text = piece
    return element


def _tell(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = " ".join(text.split()) + (" " if text.endswith(" ") else "")
    return element
