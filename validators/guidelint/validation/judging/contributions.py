"""Where contributions are kept until their subjects are judged: the protocol, and the simplest that keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from guidelint.annotation.natural_order import natural
from guidelint.validation.rule.gathering import Contributed, Gathered, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.validation.rule.subject import Subject


@dataclass(frozen=True, slots=True)
class RuleFault:
    """What takes the place of contributions when the rule raised; the message says how."""

    message: str
    group: str = ""


Content = Gathered[Any] | Unknown | RuleFault
"""What is contributed, or what takes its place."""
MOST_UNTOLD = 100
"""So many of what cannot be told are read of a group; they name the same few reasons."""


@dataclass(frozen=True, slots=True)
class Untold:
    """What takes the place of a contribution that cannot be told, and whose it would be."""

    task: str
    annotation: str
    """Empty: of the task itself."""
    content: Unknown | RuleFault


@dataclass(frozen=True, slots=True)
class Row:
    """One contribution to one subject under one check."""

    subject: Subject
    check: str
    """Key of the check."""
    task: str
    annotation: str
    """Empty: contributed by the task itself."""
    annotator: str | None
    content: Content


@dataclass(frozen=True, slots=True)
class Group:
    """The contributions that are compared with each other, by task and annotation."""

    subject: Subject
    check: str
    name: str
    contributions: Sequence[Contributed[Any]]
    """Those that can be told; of a vast group they are read from where they are kept, as somebody goes over them."""
    untold: tuple[Untold, ...] = ()
    """What takes the place of those that cannot be told; of very many the first."""


@dataclass(frozen=True, slots=True)
class Put:
    """What one annotation, or a task by itself, contributes."""

    task: str
    annotation: str
    """Empty: the task itself."""
    version: str
    """Sorts by what came first; of two versions of one annotation the later one counts, whichever is put first."""
    rows: tuple[Row, ...]


class Contributions(Protocol):
    """Keeps contributions: of each annotation those of its latest version."""

    def put(self, put: Put) -> None:
        """Keep what an annotation (or, without one, a task) contributes, unless a later version of it is kept."""
        ...

    def puts(self) -> Iterator[Put]:
        """Give what was kept, as it was put."""
        ...

    def subjects(self, least: Mapping[str, int]) -> Iterator[tuple[Subject, Iterator[Group]]]:
        """Give every subject once, in order, with its groups by key of the check and by name.

        ``least``: key of each check → annotations or tasks that a group must have; smaller ones are left out, unless
        something in them cannot be told.
        """
        ...


class InMemory:
    """Keeps contributions in memory."""

    def __init__(self) -> None:
        self._puts: dict[tuple[str, str], Put] = {}

    def put(self, put: Put) -> None:
        """Keep what an annotation contributes, unless a later version of it is kept."""
        before = self._puts.get((put.task, put.annotation))
        if before is None or before.version <= put.version:
            self._puts[put.task, put.annotation] = put

    def puts(self) -> Iterator[Put]:
        """Give what was kept, as it was put."""
        yield from self._puts.values()

    def subjects(self, least: Mapping[str, int]) -> Iterator[tuple[Subject, Iterator[Group]]]:
        """Give every subject once, with its groups that can be compared."""
        rows = sorted((row for key in sorted(self._puts) for row in self._puts[key].rows), key=_in_order)
        for subject, of_subject in groupby(rows, _subject):
            groups = (group_of(place, together) for place, together in groupby(of_subject, _place))
            yield subject, (group for group in groups if is_compared(group, least))


def is_compared(group: Group, least: Mapping[str, int]) -> bool:
    """Whether a group has enough to be compared, or something that cannot be told."""
    wanted = least.get(group.check, 1)
    return bool(
        wanted <= 1 or group.untold or len({(one.task, one.annotation) for one in group.contributions}) >= wanted
    )


def group_of(place: tuple[Subject, str, str], rows: Iterable[Row]) -> Group:
    """Make the group that these rows are."""
    known: list[Contributed[Any]] = []
    untold: list[Untold] = []
    for row in rows:
        if isinstance(row.content, Gathered):
            known.append(Contributed(row.task, row.annotation, row.annotator, row.content.value))
        elif len(untold) < MOST_UNTOLD:
            untold.append(Untold(row.task, row.annotation, row.content))
    return Group(*place, tuple(known), tuple(untold))


def _subject(row: Row) -> Subject:
    return row.subject


def _in_order(row: Row) -> tuple[str, ...]:
    """Subjects as people order them, of each the checks by key, of each the groups by name."""
    it = row.subject
    named = map(natural, (it.kind, it.task, it.annotation, it.series, it.annotator, it.name))
    return (*named, row.check, row.content.group)


def _place(row: Row) -> tuple[Subject, str, str]:
    return row.subject, row.check, row.content.group
