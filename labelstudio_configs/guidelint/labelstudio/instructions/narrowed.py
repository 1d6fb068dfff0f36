"""At the head of the instructions: which guideline this one narrows, and what is otherwise than there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.instructions.elements import listed, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.narrowed import Change

_PROSE: Final = frozenset({"title", "summary", "instructions", "licence", "sources"})
"""What stands in front of whoever reads this."""
_PARTS: Final = frozenset({"classes", "attributes", "rules", "relations", "escalation", "when", "routes", "delivery"})
"""Keys that only hold others."""


def narrowed(guideline: Guideline) -> Iterator[ET.Element]:
    """Tell whoever knows the other guideline what to do otherwise."""
    there = guideline.narrowed
    if there is None:
        return
    changes = [change for change in there.changes if change.path[0] not in _PROSE]
    head = f"This guideline follows {there.title}, version {there.version}, and asks for more."
    yield told("p", f"{head} What is otherwise than there:" if changes else head)
    if changes:
        yield from listed(told("li", _line(change, guideline)) for change in changes)


def _line(change: Change, guideline: Guideline) -> str:
    where = ", ".join(_words(change.path, guideline))
    return f"{where[:1].upper()}{where[1:]}: {change.here} (there: {change.there})"


def _words(path: tuple[str, ...], guideline: Guideline) -> Iterator[str]:
    """Name what has a title by it, and everything else in words."""
    titles = {
        "classes": {name: part.title for name, part in guideline.classes.items()},
        "attributes": guideline.question_titles,
    }
    for before, step in zip(("", *path), path, strict=False):
        if step not in _PARTS:
            yield titles.get(before, {}).get(step) or step.replace("_", " ").replace("-", " ")
