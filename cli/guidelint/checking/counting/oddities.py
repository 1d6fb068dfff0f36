"""What a delivery has too often or not at all: each is counted, and the first are named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.checking.kept.digest import digest
from guidelint.checking.kept.numbers import Numbers

if TYPE_CHECKING:
    from guidelint.checking.record import Judged, TaskSeen

FIRST = 100
"""So many are named."""
MOST_PROJECTS = 1_000
"""So many projects are told apart; a delivery is of one."""
MOST_COMPARED = 1_000_000
"""So many annotations are compared, so that memory stays bounded."""


@dataclass(slots=True)
class Named:
    """How many there are, and where the first of them stand."""

    count: int = 0
    first: list[str] = field(default_factory=list[str])

    def add(self, name: str, times: int = 1) -> None:
        """Count some at one place."""
        self.count += times
        if len(self.first) < FIRST:
            self.first.append(name)

    def merge(self, other: Named) -> None:
        """Count what was counted behind these."""
        self.count += other.count
        self.first += other.first[: FIRST - len(self.first)]

    def as_json(self) -> dict[str, object]:
        """Give both under stable names."""
        return {"total": self.count, "first": self.first}


@dataclass(slots=True)
class Oddities:
    """Annotations that stand more than once, those that Label Studio counts and nobody delivered, and projects."""

    repeated: Named = field(default_factory=Named)
    """One for each time that an annotation stands again, in the same file or another."""
    undelivered: Named = field(default_factory=Named)
    not_compared: int = 0
    """Annotations that came when there were too many to be compared."""
    projects: Counter[str] = field(default_factory=Counter[str])
    """Tasks of each project that is told, of the first of them."""
    later: list[tuple[int, str]] | None = None
    """Annotations that are compared by whoever merges this; None: they are compared here."""
    _known: Numbers = field(default_factory=Numbers)

    def see_verdict(self, record: Judged) -> None:
        """Compare an annotation with those before it: by its ids, project, image and annotator.

        Where a format gives annotations no ids, those of several annotators have the same place in their files.
        """
        subject = record.verdict.subject
        of_whom = record.annotator or ""
        key = digest(record.project, record.image, subject.task, subject.annotation, of_whom)
        name = f"task {subject.task}, annotation {subject.annotation}"
        if self.later is None:
            self._compare(key, name)
        else:
            self.later.append((key, name))

    def _compare(self, key: int, name: str) -> None:
        if key in self._known:
            self.repeated.add(name)
        elif len(self._known) < MOST_COMPARED:
            self._known.put(key, 1)
        else:
            self.not_compared += 1

    def merge(self, other: Oddities) -> None:
        """Take in what was seen behind all this."""
        for key, name in other.later or ():
            self._compare(key, name)
        self.undelivered.merge(other.undelivered)
        for project, count in other.projects.items():
            if project in self.projects or len(self.projects) < MOST_PROJECTS:
                self.projects[project] += count

    def see_task(self, task: TaskSeen) -> None:
        """Note how many annotations of a task are not there."""
        if task.project and (task.project in self.projects or len(self.projects) < MOST_PROJECTS):
            self.projects[task.project] += 1
        if task.undelivered:
            self.undelivered.add(f"task {task.task}" if task.task else f"record {task.record}", task.undelivered)

    def as_json(self) -> dict[str, object]:
        """Give all of it under stable names."""
        return {
            "repeated": {**self.repeated.as_json(), "not_compared": self.not_compared},
            "not_delivered": self.undelivered.as_json(),
            "projects": dict(self.projects),
        }
