"""Hints that are not dealt with, as an operator sees them: which, and why; put back, forgotten."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.service.clock import now
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import inbox
from guidelint.service.store.hints.inbox import FAILED, FORGOTTEN, HELD, PENDING, REVISIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BATCH = 500
"""So many hints are changed in one transaction: deliveries go between."""
BY_THE_OPERATOR = "forgotten by the operator"


class Kind(StrEnum):
    """How an open hint stands."""

    WAITING = "waiting"
    """It is dealt with as soon as a worker is free."""
    PLANNED = "planned"
    """We look at its task again at a time that we chose."""
    PUT_OFF = "put-off"
    """It could not be dealt with, and is tried again by itself."""
    HELD = "held"
    """The store does not know its project; it is tried again once the project was pushed."""
    FAILED = "failed"
    """It was set aside: nobody tries it again by themselves."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which open hints are meant; what is left empty chooses all."""

    server: str = ""
    project: int | None = None
    task: int | None = None
    kinds: tuple[Kind, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def is_explicit(self) -> bool:
        """Whether anything is chosen at all."""
        return self != Choice()


@dataclass(frozen=True, slots=True)
class OpenHint:
    """One hint: ids and times, and nothing that anybody wrote or drew."""

    number: int
    server: str
    project: int
    task: int | None
    annotation: int | None
    action: str
    received_at: str
    next_try: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Group:
    """Hints that stand alike for the same reason."""

    kind: Kind
    reason: str
    count: int
    oldest: str
    """When the longest waiting of them was received."""
    next_try: str
    """Earliest time at which one of them is tried; empty: none is by itself, or all are now."""
    first: tuple[OpenHint, ...] = ()
    """Some of them, the longest waiting first."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What is open, bounded whatever the store holds."""

    counts: Mapping[Kind, int] = field(default_factory=dict[Kind, int])
    groups: tuple[Group, ...] = ()
    groups_left_out: int = 0
    hints_left_out: int = 0
    """Hints of the groups that are left out."""
    forgotten: int = 0


def overview(engine: sa.Engine, choice: Choice, most_groups: int, most_hints: int) -> Overview:
    """Count what is open by how it stands and why, the gravest and largest groups first."""
    with read_only(engine) as connection:
        found = _groups(connection, choice)
        shown = [_with_hints(connection, choice, group, most_hints) for group in found[:most_groups]]
        forgotten = sa.select(sa.func.count()).where(inbox.c.state == FORGOTTEN, *_about(choice))
        return Overview(
            counts={kind: sum(group.count for group in found if group.kind == kind) for kind in Kind},
            groups=tuple(shown),
            groups_left_out=len(found) - len(shown),
            hints_left_out=sum(group.count for group in found[most_groups:]),
            forgotten=connection.execute(forgotten).scalar_one(),
        )


def put_back(engine: sa.Engine, choice: Choice) -> int:
    """Let hints be dealt with from the beginning, at once; returns how many."""
    return _changed(engine, choice, {"state": PENDING, "starts": 0, "waits": 0, "not_before": now()})


def forget(engine: sa.Engine, choice: Choice) -> int:
    """Mark hints as forgotten; they stay in the store with the reason. Returns how many."""
    before = sa.case((inbox.c.reason == "", ""), else_=sa.literal("; before: ").concat(inbox.c.reason))
    reason = sa.literal(BY_THE_OPERATOR).concat(before)
    return _changed(engine, choice, {"state": FORGOTTEN, "reason": reason, "prediction": None})


def not_open(engine: sa.Engine, numbers: Sequence[int]) -> list[int]:
    """Those of some numbers that are no open hint."""
    chosen = sa.select(inbox.c.seq).where(*_chosen(Choice(numbers=tuple(numbers))))
    with read_only(engine) as connection:
        there = set(connection.execute(chosen).scalars())
    return [number for number in numbers if number not in there]


def _changed(engine: sa.Engine, choice: Choice, values: Mapping[str, object]) -> int:
    """Change hints, some at a time; one that was dealt with meanwhile stays as it is."""
    chosen = sa.select(inbox.c.seq).where(*_chosen(choice)).order_by(inbox.c.seq)
    with read_only(engine) as connection:
        numbers = list(connection.execute(chosen).scalars())
    count = 0
    for batch in _batches(numbers):
        these = sa.update(inbox).where(inbox.c.seq.in_(batch), _is_open()).values(dict(values))
        with engine.begin() as connection:
            count += len(connection.execute(these.returning(inbox.c.seq)).all())
    return count


def _groups(connection: sa.Connection, choice: Choice) -> list[Group]:
    kind = _kind().label("kind")
    reason = _reason_shown().label("reason")
    rows = (
        sa.select(
            kind,
            reason,
            sa.func.count().label("count"),
            sa.func.min(inbox.c.received_at).label("oldest"),
            sa.func.min(inbox.c.not_before).label("next_try"),
        )
        .where(*_chosen(choice))
        .group_by(kind, reason)
    )
    found = [
        Group(Kind(row.kind), row.reason, int(row[2]), row.oldest, _next_try(Kind(row.kind), row.next_try))
        for row in connection.execute(rows)
    ]
    gravest = list(reversed(Kind))
    return sorted(found, key=lambda group: (gravest.index(group.kind), -group.count, group.oldest, group.reason))


def _with_hints(connection: sa.Connection, choice: Choice, group: Group, most: int) -> Group:
    alike = sa.and_(_kind() == group.kind.value, _reason_shown() == group.reason)
    rows = sa.select(inbox).where(*_chosen(choice), alike).order_by(inbox.c.seq).limit(most)
    hints = tuple(_hint(row, group.kind) for row in connection.execute(rows))
    return Group(group.kind, group.reason, group.count, group.oldest, group.next_try, hints)


def _hint(row: sa.Row[tuple[object, ...]], kind: Kind) -> OpenHint:
    return OpenHint(
        number=row.seq,
        server=row.server,
        project=row.project,
        task=row.task,
        annotation=row.annotation,
        action=row.action,
        received_at=row.received_at,
        next_try=_next_try(kind, row.not_before),
        kind=kind,
    )


def _next_try(kind: Kind, not_before: str) -> str:
    return not_before if kind in {Kind.PUT_OFF, Kind.PLANNED} else ""


def _kind() -> sa.ColumnElement[str]:
    """How a hint stands, in SQL."""
    later = inbox.c.not_before > now()
    return sa.case(
        (inbox.c.state == FAILED, _spelled(Kind.FAILED)),
        (inbox.c.state == HELD, _spelled(Kind.HELD)),
        (sa.and_(later, inbox.c.action == REVISIT), _spelled(Kind.PLANNED)),
        (later, _spelled(Kind.PUT_OFF)),
        else_=_spelled(Kind.WAITING),
    )


def _spelled(kind: Kind) -> sa.ColumnElement[str]:
    """Spell a kind out, not as a parameter: PostgreSQL takes two parameters of one value for two things."""
    return sa.literal_column(f"'{kind.value}'", sa.String)


def _reason_shown() -> sa.ColumnElement[str]:
    """Reason of what is not simply waiting for its turn or its time."""
    turn = sa.and_(inbox.c.state == PENDING, sa.or_(inbox.c.not_before <= now(), inbox.c.action == REVISIT))
    return sa.case((turn, sa.literal_column("''")), else_=inbox.c.reason)


def _is_open() -> sa.ColumnElement[bool]:
    return inbox.c.state.in_((PENDING, HELD, FAILED))


def _chosen(choice: Choice) -> Iterator[sa.ColumnElement[bool]]:
    yield _is_open()
    yield from _about(choice)
    if choice.kinds:
        yield _kind().in_([kind.value for kind in choice.kinds])
    if choice.numbers:
        yield inbox.c.seq.in_(choice.numbers)


def _about(choice: Choice) -> Iterator[sa.ColumnElement[bool]]:
    if choice.server:
        yield inbox.c.server == choice.server
    if choice.project is not None:
        yield inbox.c.project == choice.project
    if choice.task is not None:
        yield inbox.c.task == choice.task


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]
