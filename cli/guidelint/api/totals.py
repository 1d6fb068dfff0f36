"""How many of what, once all is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.checking.counting.totals import Column
    from guidelint.checking.counting.totals import Totals as Counted
    from guidelint.validation.judging.verdict import Decision


@dataclass(frozen=True, slots=True)
class Totals:
    """How many of what a delivery holds, and whether it is accepted."""

    accepted: bool
    """Everything is accepted or skipped, and something was judged; known findings do not count."""
    tasks: int
    """Tasks that were read, annotated or not."""
    annotations: Mapping[Decision, int]
    """Annotations by what was decided on them."""
    subjects: Mapping[str, Mapping[Decision, int]]
    """The same of what lies above one annotation: ``series``, ``study``, ``task``, ``patient``, ``annotator``,
    ``delivery``."""
    findings: Mapping[str, Mapping[Column, int]]
    """Findings by rule, and by how they count."""
    unreadable: int
    """Records and annotations that could not be read."""
    unreadable_files: int
    """Files that are no delivery."""
    concerns: tuple[str, ...]
    """What keeps the delivery as a whole from being accepted, in sentences."""
    differences: tuple[str, ...]
    """How the run judged otherwise than the guideline says; none: it is a conformance check."""
    statistics: Mapping[str, object]
    """All of it, by annotator and class too, as ``guidelint check --format json`` gives it."""


def totals_of(counted: Counted) -> Totals:
    """Give what was counted."""
    return Totals(
        accepted=counted.status == 0,
        tasks=counted.tasks.total,
        annotations=dict(counted.annotations),
        subjects={kind: dict(counts) for kind, counts in counted.subjects.items()},
        findings={rule: dict(counts) for rule, counts in counted.rules.items()},
        unreadable=counted.unread,
        unreadable_files=counted.wrong_files,
        concerns=counted.concerns,
        differences=counted.differences,
        statistics=counted.as_json(),
    )
