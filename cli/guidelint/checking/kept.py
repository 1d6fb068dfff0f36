"""Contributions of a large delivery: in memory as long as they are few, in a temporary file from then on."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, overload

from guidelint.validation.judging.contributions import MOST_UNTOLD, Group, InMemory, Put, Row, Untold
from guidelint.validation.judging.written_contribution import TOLD, ContributionReader, written
from guidelint.validation.rule.gathering import Contributed, Gathered
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FEW = 20_000
"""Contributions that are kept in memory."""
_SUBJECT = ("kind", "of_task", "of_annotation", "series", "of_annotator", "name")
_PLACE = (*_SUBJECT, "rule_check", "group_name")
_SOURCE = ("task", "annotation", "position")
_COLUMNS = (*_PLACE, *_SOURCE, "annotator", "kind_of_content", "content")
_HERE = " and ".join(f"{column} = ?" for column in _PLACE)
_IN_ORDER = f"order by {', '.join(_SOURCE)}"
_TABLE = f"create table contributions ({', '.join(_COLUMNS)})"
_KNOWN = f"kind_of_content = '{TOLD}'"


class Kept:
    """Keeps contributions where there is room for them."""

    def __init__(self, types: Mapping[str, type], few: int = FEW) -> None:
        """``types``: key of each check → type of what it gathers."""
        self._types, self._few = types, few
        self._count = 0
        self._memory = InMemory()
        self._file: _File | None = None

    def put(self, put: Put) -> None:
        """Keep what an annotation contributes, unless a later version of it is kept."""
        if self._file is not None:
            self._file.put(put)
            return
        self._memory.put(put)
        self._count += 1 + len(put.rows)
        if self._count > self._few:
            self._file = _File(self._types)
            for kept in self._memory.puts():
                self._file.put(kept)
            self._memory = InMemory()

    def puts(self) -> Iterator[Put]:
        """Give what was kept, as it was put."""
        return self._memory.puts() if self._file is None else self._file.puts()

    def close(self) -> None:
        """Let the file go, if there is one."""
        if self._file is not None:
            self._file.close()

    def groups(self) -> Iterator[Group]:
        """Give every group once."""
        return self._memory.groups() if self._file is None else self._file.groups()


class _File:
    """A temporary file of SQLite's own, which nobody else sees and which goes when it is closed."""

    def __init__(self, types: Mapping[str, type]) -> None:
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.executescript(
            f"pragma journal_mode = off; pragma synchronous = off; {_TABLE};"
            "create index by_annotation on contributions (task, annotation);"
            "create table puts (task, annotation, version, primary key (task, annotation)) without rowid;"
        )
        self._reader = ContributionReader(types)

    def close(self) -> None:
        self._store.close()

    def put(self, put: Put) -> None:
        key = put.task, put.annotation
        kept = self._store.execute("select version from puts where task = ? and annotation = ?", key).fetchone()
        if kept is not None and str(kept[0]) > put.version:
            return
        self._store.execute("insert or replace into puts values (?, ?, ?)", (*key, put.version))
        if kept is not None:
            self._store.execute("delete from contributions where task = ? and annotation = ?", key)
        marks = ", ".join("?" * len(_COLUMNS))
        written = (self._written(number, row) for number, row in enumerate(put.rows))
        self._store.executemany(f"insert into contributions values ({marks})", written)  # noqa: S608 - our own words

    def puts(self) -> Iterator[Put]:
        with closing(self._store.cursor()) as cursor:
            for task, annotation, version in cursor.execute("select * from puts order by task, annotation"):
                rows = self._rows(f"where task = ? and annotation = ? {_IN_ORDER}", (task, annotation))
                yield Put(task, annotation, version, tuple(rows))

    def groups(self) -> Iterator[Group]:
        """Give the groups in their order; the index for it is made once all is in."""
        self._store.execute(f"create index if not exists by_place on contributions ({', '.join((*_PLACE, *_SOURCE))})")
        places = f"select distinct {', '.join(_PLACE)} from contributions"  # noqa: S608 - our own words
        with closing(self._store.cursor()) as cursor:
            for place in cursor.execute(f"{places} order by {', '.join(_PLACE)}"):
                yield self._group(place)

    def _group(self, place: tuple[str, ...]) -> Group:
        rows = self._rows(f"where {_HERE} and not {_KNOWN} {_IN_ORDER} limit {MOST_UNTOLD}", place)
        untold = (
            Untold(row.task, row.annotation, row.content) for row in rows if not isinstance(row.content, Gathered)
        )
        *subject, check, name = place
        return Group(Subject(*subject), check, name, _Contributions(self, place), tuple(untold))

    def count(self, place: tuple[str, ...]) -> int:
        """Count what can be told of a group."""
        (count,) = self._store.execute(
            f"select count(*) from contributions where {_HERE} and {_KNOWN}",  # noqa: S608 - our own words
            place,
        ).fetchone()
        return int(count)

    def known(self, place: tuple[str, ...], start: int = 0, count: int = -1) -> Iterator[Contributed[Any]]:
        """Read what can be told of a group, in order."""
        rows = self._rows(f"where {_HERE} and {_KNOWN} {_IN_ORDER} limit ? offset ?", (*place, count, start))
        for row in rows:
            if isinstance(row.content, Gathered):
                yield Contributed(row.task, row.annotation, row.annotator, row.content.value)

    def _rows(self, which: str, values: tuple[str | int, ...]) -> Iterator[Row]:
        with closing(self._store.cursor()) as cursor:
            yield from map(self._read, cursor.execute(f"select * from contributions {which}", values))  # noqa: S608

    def _written(self, number: int, row: Row) -> tuple[object, ...]:
        kind, content = written(row.content)
        place = (*astuple(row.subject), row.check, row.content.group)
        return (*place, row.task, row.annotation, number, row.annotator, kind, content)

    def _read(self, row: tuple[Any, ...]) -> Row:
        *subject, check, group, task, annotation, _, annotator, kind, content = row
        told = self._reader.read(check, group, kind, content)
        return Row(Subject(*subject), check, task, annotation, annotator, told)


class _Contributions(Sequence[Contributed[Any]]):
    """The contributions of one group, read as somebody goes over them."""

    def __init__(self, file: _File, place: tuple[str, ...]) -> None:
        self._file, self._place = file, place

    def __len__(self) -> int:
        return self._file.count(self._place)

    def __iter__(self) -> Iterator[Contributed[Any]]:
        return self._file.known(self._place)

    @overload
    def __getitem__(self, index: int) -> Contributed[Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Contributed[Any]]: ...
    def __getitem__(self, index: int | slice) -> Contributed[Any] | Sequence[Contributed[Any]]:
        if isinstance(index, slice):
            return tuple(self)[index]
        start = index if index >= 0 else len(self) + index
        for one in self._file.known(self._place, start, 1) if start >= 0 else ():
            return one
        raise IndexError(index)
