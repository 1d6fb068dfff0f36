"""Who drew what a DICOM object holds: a person, a model, or a person after a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.submission import UnreadFact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.decoding.parts.drawn import RegionBuilder
    from guidelint.annotation.region import Origin

ORIGINS: Final[Mapping[str, Origin]] = MappingProxyType(
    {"MANUAL": "manual", "SEMIAUTOMATIC": "prediction-changed", "AUTOMATIC": "prediction"}
)
_NOTHING = f"it is empty, so that it counts as drawn by a person; one of {', '.join(ORIGINS)} says who did"


@dataclass(slots=True)
class Algorithms:
    """How a file says it, and of what it was told that it does not."""

    attribute: str
    """Name of the element, for people."""
    told: set[str] = field(default_factory=set[str])

    def origin(self, algorithm: str, of: str, builder: RegionBuilder) -> Origin:
        """Read who drew something; where nothing is said, that is told once. Raises PayloadError for unknown words."""
        if algorithm and algorithm not in ORIGINS:
            known = ", ".join(ORIGINS)
            raise PayloadError(f"its {self.attribute} is {algorithm[:40]!r}; one of {known} is known")
        if not algorithm and of not in self.told:
            self.told.add(of)
            builder.unread_facts.append(UnreadFact(f"{self.attribute} of {of}", _NOTHING))
        return ORIGINS.get(algorithm, "manual")


def labels_among(names: tuple[str, ...], builder: RegionBuilder) -> tuple[str, ...]:
    """Give of several names of one thing those that the guideline knows; where it knows none, the first."""
    known = tuple(name for name in dict.fromkeys(names) if name and builder.is_class(name))
    return known or tuple(filter(None, names))[:1]
