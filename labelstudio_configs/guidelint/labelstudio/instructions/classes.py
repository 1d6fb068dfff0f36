"""What a class is and how it is drawn, for annotators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.config.tool_switch import SHOWN_AS
from guidelint.labelstudio.instructions.elements import authored, listed, told
from guidelint.validation.rule.wording import both, either

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree import ElementTree as ET

    from guidelint.language.form.guideline import ClassDefinition, Guideline
    from guidelint.language.form.sections.laterality import Laterality
    from guidelint.validation.rule.names import Names

COUNTS: Final = "Counts"
DOES_NOT_COUNT: Final = "Does not count"
_SIDE: Final = "Side"
_SIDES: Final = {
    "left": "The patient's left.",
    "right": "The patient's right.",
    "both": "Both sides of the patient.",
    "unpaired": "There is one in the body.",
}
OWN_LEFT: Final = "left is the patient's left"
_OUTSIDE: Final = "Draw just outside the edge: the line itself does not belong to it."


def class_facts(item: ClassDefinition, names: Names) -> Iterator[tuple[str, Iterable[ET.Element]]]:
    """Tell what counts as a class, and of which side of the body it is."""
    for title, lines in ((COUNTS, item.includes), (DOES_NOT_COUNT, item.excludes)):
        if lines:
            yield title, listed(authored("li", line) for line in lines)
    if item.laterality and (sides := tuple(_side(item.laterality, names))):
        yield _SIDE, sides


def _side(of: Laterality, names: Names) -> Iterator[ET.Element]:
    if of.side:
        yield told("div", _SIDES[of.side])
    if of.asked_in:
        sides = (
            f"{names.answers(of.asked_in, options)} is the patient's {side}"
            for side, options in (("left", of.left), ("right", of.right))
            if options
        )
        yield told("div", f"Answer {names.question(of.asked_in)}: {both(sides) or OWN_LEFT}.")


def how_to_draw(name: str, guideline: Guideline, names: Names) -> tuple[str, ...]:
    """Tell how a class is drawn."""
    return tuple(_drawn(name, guideline, names))


def _drawn(name: str, guideline: Guideline, names: Names) -> Iterator[str]:
    item = guideline.classes[name]
    yield either(SHOWN_AS[tool] for tool in item.draw)
    if item.border == "outer":
        yield _OUTSIDE
    if item.excluded_from:
        yield f"It is taken out of the {names.class_(item.excluded_from)} around it."
    if others := guideline.stands_with(name):
        yield f"One region may be this and {either(map(names.class_, others))} at once: give it all labels that fit."
