"""Contributions in a temporary file, read back group after group in one go."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, overload

from guidelint.annotation.natural_order import as_named, natural
from guidelint.validation.judging.contributions import MOST_UNTOLD, Group, Put, Row
from guidelint.validation.judging.written_contribution import TOLD, ContributionReader, untold, written
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from guidelint.validation.rule.gathering import Contributed

AT_ONCE = 1_000
"""So many contributions of a group are read at once; a larger group is read again as a rule goes over it."""
SUBJECT = ("kind", "of_task", "of_annotation", "series", "of_annotator", "name")
"""Columns that tell a subject from others."""
_PLACE = (*SUBJECT, "rule_check", "group_name")
_SOURCE = ("task", "annotation", "position")
_COLUMNS = (*_PLACE, *_SOURCE, "annotator", "kind_of_content", "content")
_WRITTEN = "task, annotation, annotator, kind_of_content, content"
_MARKS = ", ".join("?" * len(_COLUMNS))
_AT = ", ".join(_PLACE)
_HERE = f"({_AT}) = ({', '.join('?' * len(_PLACE))})"
_BEYOND = f"({_AT}) > ({', '.join('?' * len(_PLACE))})"
_FROM_START = ("",) * len(_PLACE)
_IN_ORDER = f"order by {_AT}, {', '.join(_SOURCE)}"
_KNOWN = f"kind_of_content = '{TOLD}'"
_COMPARED = f"""
    rule_check not in (select rule_check from compared) or ({_AT}) in (
        select {_AT} from contributions join compared using (rule_check) group by {_AT}
        having count(distinct task || char(31) || annotation) >= least or max(not {_KNOWN})
    )"""  # noqa: S608 - our own words
_TABLES = f"""
    pragma journal_mode = off;
    pragma synchronous = off;
    create table contributions ({", ".join(_COLUMNS)});
    create index by_annotation on contributions (task, annotation);
    create table puts (task, annotation, version, primary key (task, annotation)) without rowid;
    create table compared (rule_check primary key, least) without rowid;
"""
_INDEX = f"create index if not exists by_place on contributions ({_AT}, {', '.join(_SOURCE)}, kind_of_content)"
Place = tuple[str, ...]
"""Columns of a subject, key of the check, name of the group."""


class KeptFile:
    """A temporary file of SQLite's own, which nobody else sees and which goes when it is closed."""

    def __init__(self, types: Mapping[str, type]) -> None:
        """``types``: key of each check → type of what it gathers."""
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.executescript(_TABLES)
        self._reader = ContributionReader(types)

    def close(self) -> None:
        """Let it go."""
        self._store.close()

    def put(self, put: Put) -> None:
        """Keep what an annotation contributes, unless a later version of it is kept."""
        key = put.task, put.annotation
        kept = self._store.execute("select version from puts where task = ? and annotation = ?", key).fetchone()
        if kept is not None and str(kept[0]) > put.version:
            return
        self._store.execute("insert or replace into puts values (?, ?, ?)", (*key, put.version))
        if kept is not None:
            self._store.execute("delete from contributions where task = ? and annotation = ?", key)
        self.take(columns_of(number, row) for number, row in enumerate(put.rows))

    def take(self, rows: Iterable[tuple[object, ...]]) -> None:
        """Keep contributions by their columns, of which somebody has left out the earlier versions."""
        self._store.executemany(f"insert into contributions values ({_MARKS})", rows)  # noqa: S608 - our own words

    def puts(self) -> Iterator[Put]:
        """Give what was kept, as it was put."""
        for task, annotation, version in self._read("select * from puts order by task, annotation"):
            found = "select * from contributions where task = ? and annotation = ? order by position"
            yield Put(task, annotation, version, tuple(map(self._row, self._read(found, (task, annotation)))))

    def subjects(self, least: Mapping[str, int]) -> Iterator[tuple[Subject, Iterator[Group]]]:
        """Give every subject once, with its groups that can be compared; the index is made once all is in."""
        self._store.execute(_INDEX)
        self._store.execute("delete from compared")
        bounded = [(check, count) for check, count in least.items() if count > 1]
        self._store.executemany("insert into compared values (?, ?)", bounded)
        groups = groupby(self._groups(is_bounded=bool(bounded)), lambda group: group.subject)
        ahead = next(groups, None)
        subject = ", ".join(SUBJECT)
        for columns in self._read(f"select distinct {subject} from contributions order by {subject}"):  # noqa: S608
            here = _subject(columns)
            if ahead is not None and ahead[0] == here:
                yield ahead
                ahead = next(groups, None)
            else:
                yield here, iter(())

    def _groups(self, *, is_bounded: bool) -> Iterator[Group]:
        """Read all groups in order; after a vast one, from there on."""
        begin: Place | None = _FROM_START
        which = f"{_BEYOND} and ({_COMPARED})" if is_bounded else _BEYOND
        found = f"select {_AT}, {_WRITTEN} from contributions where {which} {_IN_ORDER}"  # noqa: S608 - our own words
        while begin is not None:
            with closing(self._read(found, begin)) as rows:
                begin = yield from self._until_a_vast_one(rows)

    def _until_a_vast_one(self, rows: Iterable[tuple[Any, ...]]) -> Generator[Group, None, Place | None]:
        """Read groups up to one that is vast; tells its place, or None: that was all."""
        for place, together in groupby(rows, _place):
            here = [row[len(_PLACE) :] for row in islice(together, AT_ONCE)]
            if len(here) == AT_ONCE:
                yield self._vast(place)
                return place
            yield self._reader.group(_named(place), here)
        return None

    def _vast(self, place: Place) -> Group:
        found = f"select {_WRITTEN} from contributions where {_HERE} and not {_KNOWN} {_IN_ORDER} limit {MOST_UNTOLD}"  # noqa: S608
        return Group(*_named(place), _Contributions(self, place), untold(self._read(found, place)))

    def count(self, place: Place) -> int:
        """Count what can be told of a group."""
        ((count,),) = self._read(f"select count(*) from contributions where {_HERE} and {_KNOWN}", place)  # noqa: S608
        return int(count)

    def known(self, place: Place, start: int = 0, count: int = -1) -> Iterator[Contributed[Any]]:
        """Read what can be told of a group, in order."""
        found = f"select {_WRITTEN} from contributions where {_HERE} and {_KNOWN} {_IN_ORDER} limit ? offset ?"  # noqa: S608
        with closing(self._read(found, (*place, count, start))) as rows:
            while here := tuple(islice(rows, AT_ONCE)):
                yield from self._reader.contributed(place[-2], here)

    def _read(self, question: str, values: Sequence[str | int] = ()) -> Generator[tuple[Any, ...]]:
        with closing(self._store.cursor()) as cursor:
            yield from cursor.execute(question, values)

    def _row(self, row: tuple[Any, ...]) -> Row:
        *subject, check, group, task, annotation, _, annotator, kind, content = row
        told = self._reader.read(check, group, kind, content)
        return Row(_subject(subject), check, task, annotation, annotator, told)


def _place(row: tuple[Any, ...]) -> Place:
    return row[: len(_PLACE)]


def _named(place: Place) -> tuple[Subject, str, str]:
    *subject, check, group = place
    return _subject(subject), check, group


def _subject(columns: Iterable[str]) -> Subject:
    """Read a subject, which is written so that SQLite orders subjects as people do."""
    return Subject(*map(as_named, columns))


def columns_of(number: int, row: Row) -> tuple[object, ...]:
    """Give the columns of a contribution as they are kept; ``number``: which of its annotation it is."""
    kind, content = written(row.content)
    it = row.subject
    subject = map(natural, (it.kind, it.task, it.annotation, it.series, it.annotator, it.name))
    return (*subject, row.check, row.content.group, row.task, row.annotation, number, row.annotator, kind, content)


class _Contributions(Sequence["Contributed[Any]"]):
    """The contributions of one group, read as somebody goes over them."""

    def __init__(self, file: KeptFile, place: Place) -> None:
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
