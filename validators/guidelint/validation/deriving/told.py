"""From what an answer follows, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.measured_in import in_words
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.region import Region
    from guidelint.validation.derivation import Derivation, Part
    from guidelint.validation.rule.names import Names


def sources_told(by: Derivation, names: Names) -> str:
    """Name to annotators the questions, the measures and the classes from which it follows."""
    asked = [names.question(term.question) for term in by.terms]
    which = f", of which {by.which.told(names)}" if by.which is not None else ""
    drawn = [f"{_measure(part, names)}{which}" for part in by.parts]
    if by.take is not None:
        return f"{both((*asked, *drawn))}, of which the {by.take} counts"
    if by.divided_by is not None:
        drawn = [f"{both(drawn)} divided by {_measure(by.divided_by, names)}"]
    named = dict.fromkeys(name for way in by.first_of if way.criteria for name in way.criteria.classes)
    return both((*asked, *drawn, *map(names.class_, named))) or "others"


def kinds_told(regions: Iterable[Region]) -> str:
    """Name the classes of regions."""
    return both(dict.fromkeys(map(kind_of, regions)))


def kind_of(region: Region) -> str:
    """Name the class of a region."""
    return region.class_title or str(region.class_name)


def _measure(part: Part, names: Names) -> str:
    return f"the {in_words(part.measured)} of {names.kinds(part.classes)}"
