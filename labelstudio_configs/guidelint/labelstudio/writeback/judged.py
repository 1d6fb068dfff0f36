"""All that is judged about one task: its readings, what lies above them, and what escalations ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.validation.judging.reader_names import with_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.labelstudio.migrating.redo import Redo
    from guidelint.validation.judging.plan import Route
    from guidelint.validation.judging.verdict import Verdict


@dataclass(frozen=True, slots=True)
class StandingAnnotation:
    """One annotation that stands in Label Studio now (or was requeued by us), with the verdict on it."""

    annotation: int
    annotator: int | None
    submitted_at: str
    """ISO 8601, UTC; sorts by time."""
    verdict: Verdict
    digest: str
    """Of everything the verdict was judged from."""
    requeued: bool = False
    """Taken out by us; its regions stand prefilled in the label stream."""
    annotator_name: str = ""
    """Empty: not known, or not known any more."""
    annotator_address: str = ""
    """E-mail address; empty: not known, or not known any more."""
    redo: tuple[Redo, ...] = ()
    """What must be done again since it was moved to another version of the guideline."""

    @property
    def completed(self) -> bool:
        """Whether Label Studio counts it as a reading of the task."""
        return not self.requeued and self.verdict.decision != "skipped"


@dataclass(frozen=True, slots=True)
class Judged:
    """All that is judged about one task."""

    readings: Sequence[StandingAnnotation]
    subjects: Sequence[Verdict]
    """On what lies above its readings, with what concerns this task."""
    routes: Mapping[str, Route]

    @property
    def completed(self) -> int:
        """Readings that Label Studio counts."""
        return sum(reading.completed for reading in self.readings)

    @property
    def by_name(self) -> Judged:
        """The same in sentences that call readers by name: to be told once nobody else is to read the task."""
        names = {str(one.annotator): one.annotator_name for one in self.readings if one.annotator_name}
        return replace(self, subjects=tuple(with_names(verdict, names) for verdict in self.subjects))

    def routes_asked(self) -> set[str]:
        """Routes that escalations of unreturned work ask for."""
        verdicts = [reading.verdict for reading in self.readings if reading.completed]
        return {name for verdict in (*verdicts, *self.subjects) for name in _asks_for(verdict)}

    def is_unanswered(self, name: str) -> bool:
        """Whether others' work asks for persons by name, of whom none has handed anything in since, not even a skip."""
        route = self.routes.get(name)
        if route is None or not route.persons:
            return False
        others = [reading for reading in self.readings if not _is_by(reading, route)]
        asked_at = max(self._asked_at(name, others), default="")
        answered_at = max((one.submitted_at for one in self.readings if _is_by(one, route)), default="")
        return answered_at < asked_at

    def _asked_at(self, name: str, readings: Sequence[StandingAnnotation]) -> Iterator[str]:
        """When readings were handed in for which a route is asked; what lies above them is due to the last of them."""
        above = any(name in _asks_for(verdict) for verdict in self.subjects)
        for reading in readings:
            if reading.completed and (above or name in _asks_for(reading.verdict)):
                yield reading.submitted_at

    @property
    def is_held(self) -> bool:
        """Whether nobody is to be given the task until somebody in particular has dealt with it."""
        return any(self.routes[name].hold for name in self.routes_asked() if self.is_unanswered(name))


def _asks_for(verdict: Verdict) -> set[str]:
    return set() if verdict.decision == "returned" else {escalation.route for escalation in verdict.escalations}


def _is_by(reading: StandingAnnotation, route: Route) -> bool:
    address = reading.annotator_address.casefold()
    return bool(address) and not reading.requeued and address in map(str.casefold, route.persons)
