"""Under which heading people find the part of a guideline that asks for something, by its path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.places import places
from guidelint.language.form.places.places import EVERY_SUBMISSION, place, question_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.guideline import Guideline


def heading_of(path: str, bound: Mapping[str, tuple[str, ...]], guideline: Guideline) -> str:
    """Name the heading: that of the question or the class, then what of it; else that of the part."""
    for name in bound.get("readers.answers", ()):
        return place(places.READERS, guideline.attributes[name].title)
    for name in bound.get("annotators.roles", ()):
        return place(places.ANNOTATORS, guideline.annotators.roles[name].title, places.EXAM)
    for name in bound.get("attributes", ()):
        return question_place(guideline.attributes[name], guideline)
    for name in bound.get("classes", ()):
        return place(guideline.classes[name].title, places.DRAWN_ON if path.endswith(".on") else _spelled(path))
    if path in _OF_PARTS:
        return _OF_PARTS[path]
    return place(places.IMAGE, _spelled(path)) if path.startswith("images.") else EVERY_SUBMISSION


def _spelled(path: str) -> str:
    """Spell the last key of a path in plain words."""
    return path.rpartition(".")[2].replace("_", " ").replace("-", " ").capitalize()


_OF_PARTS = {
    "classes.*.draw": place(places.CLASSES, places.HOW_TO_DRAW),
    "names.classes": place(places.CLASSES, places.LABELS),
    "empty_reading": places.NOTHING_TO_MARK,
}
