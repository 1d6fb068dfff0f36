"""Answers that follow from others and that nobody enters, as a verdict tells them: for programs and for columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.validation.rule.digits import as_written
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.says import DERIVED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.rule.evidence import Evidence


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """What follows for one region, one image, or all that is judged."""

    question: str
    """Key of the question."""
    value: str | float
    """Key of an option, or a number in ``unit``."""
    unit: str
    """Unit of a number; empty: it has none, or an option was derived."""
    shown: str
    """The value in the words of the guideline."""
    image: int | None = None
    """Which image of a task with several it is about, from 1; None: all of them, or what its regions tell."""
    time_point: str = ""
    """Of which time point of a patient it is, by its name or its day; empty: of all that is judged."""

    @property
    def written(self) -> str:
        """The value as text: the key of an option, or all digits of a number."""
        return self.value if isinstance(self.value, str) else as_written(self.value)


OF_RETURNED: Final = "of_returned"
"""Evidence that a value goes by work that is returned."""


def tells_derived(kind: str, outcome: str) -> bool:
    """Whether a finding tells a value that follows, and no departure."""
    return outcome == "departs" and kind == DERIVED


def derived_value(kind: str, outcome: str, evidence: Mapping[str, Evidence]) -> DerivedValue | None:
    """Take the value out of a finding; None: it tells none, or goes by work that is returned."""
    value = evidence.get("value")
    if not tells_derived(kind, outcome) or OF_RETURNED in evidence or not isinstance(value, str | Quantity):
        return None
    image = evidence.get("image")
    return DerivedValue(
        question=str(evidence.get("attribute", "")),
        value=value.value if isinstance(value, Quantity) else value,
        unit=value.unit if isinstance(value, Quantity) else "",
        shown=str(evidence.get("shown", "")),
        image=image if isinstance(image, int) else None,
        time_point=str(evidence.get("time_point", "")),
    )
