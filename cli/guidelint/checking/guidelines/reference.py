"""A guideline as people and programs write it: ``chest@2.0.0``, ``chest 2.0.0``, ``2.0.0``, ``chest``, a marker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.validation.judging.plan import GuidelineRef

_WRITTEN = re.compile(
    r"(?:guidelint:)?(?:(?P<name>[a-z][a-z0-9-]{0,63})(?:[@: ](?=v?\d)|$))?"
    r"(?:v?(?P<version>\d{1,6}\.\d{1,6}\.\d{1,6})(?:\+[a-z]+)?)?(?::[0-9a-f]{64})?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What tells a guideline; empty: any name, any version."""

    name: str
    version: str

    def means(self, guideline: GuidelineRef) -> bool:
        """Whether it may be this guideline; how a run was adjusted changes nothing of that."""
        return self.name in {"", guideline.name} and self.version in {"", guideline.version.partition("+")[0]}

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.version) if part)


def reference(text: str) -> Reference | None:
    """Read a reference; None: it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    told = Reference(found["name"] or "", found["version"] or "") if found else None
    return told if told and str(told) else None


def written(guideline: GuidelineRef) -> str:
    """Write one as it is given to the command: ``chest@2.0.0``."""
    return f"{guideline.name}@{guideline.version.partition('+')[0]}"
