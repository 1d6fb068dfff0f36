"""Deliveries as they are given in Python: files by their names, or tasks in memory."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.source import Source
from guidelint.api.error import GuidelintError
from guidelint.api.on_engine import need_engine
from guidelint.checking.input.in_memory import InMemory
from guidelint.checking.input.inputs import ENDINGS, Inputs, inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Task = Mapping[str, object] | str | bytes
"""A task of Label Studio with its annotations: decoded, or as JSON."""
Given = str | os.PathLike[str] | bytes | Mapping[str, object] | Iterable[str | os.PathLike[str] | Mapping[str, object]]
"""A path, a folder, a pattern, an address of objects; an export in bytes; a task; or several paths or tasks."""
Several = str | int | Iterable[str | int]
"""One name, or several."""
IN_MEMORY = "tasks in memory"
_MARK = "://"
"""Tells the address of an object from a path."""
_TAKEN = "a path, an export in bytes, a task, or several paths or tasks"


def sources(deliveries: Sequence[Given], endings: tuple[str, ...] = ENDINGS) -> Inputs:
    """Find what is to be read. Raises GuidelintError for what is not there, and what is no delivery.

    ``endings``: of the names that a folder is searched for.
    """
    paths: list[str] = []
    in_memory: list[Source] = []
    for one in deliveries:
        found = tuple(_found(one))
        paths += [name for name in found if isinstance(name, str)]
        in_memory += [source for source in found if isinstance(source, Source)]
    objects = _objects([name for name in paths if _MARK in name])
    named = inputs([name for name in paths if _MARK not in name], endings)
    for source in (*named.sources, *objects):
        _refuse_missing(source)
    numbered = [_numbered(source, number) for number, source in enumerate(in_memory, start=1)]
    return Inputs((*named.sources, *objects, *numbered), named.notes)


def of_task(task: object) -> Source:
    """Take one task. Raises GuidelintError for what is none."""
    if isinstance(task, bytes):
        return InMemory(IN_MEMORY, content=(task,))
    if isinstance(task, str):
        if not task.lstrip().startswith("{"):
            shown = f"{task[:40]}…" if len(task) > 40 else task  # noqa: PLR2004 - enough to be known again
            raise GuidelintError(f"{shown!r} is no task: a dict, or its JSON. To judge a file: check(path)")
        return InMemory(IN_MEMORY, content=(task.encode(errors="surrogatepass"),))
    if not isinstance(task, Mapping):
        raise GuidelintError(f"{type(task).__name__} is no task: a dict, or its JSON. To judge several: check(tasks)")
    return InMemory(IN_MEMORY, content=_lines((task,)))


def _found(given: Given) -> Iterator[str | Source]:
    match given:
        case bytes():
            yield InMemory(IN_MEMORY, content=(given,))
        case str() | os.PathLike():
            yield os.fspath(given)
        case Mapping():
            yield InMemory(IN_MEMORY, content=_lines((given,)))
        case Iterable():
            yield from _several(given)
        case _:
            raise GuidelintError(f"{type(given).__name__} cannot be checked. Give {_TAKEN}")


def _several(given: Iterable[object]) -> Iterator[str | Source]:
    """Take paths one by one, and tasks together, as they come."""
    rest = iter(given)
    first = next(rest, None)
    if isinstance(first, str | os.PathLike):
        for one in chain((first,), rest):
            if not isinstance(one, str | os.PathLike):
                raise GuidelintError(f"among paths stands {type(one).__name__}. Give {_TAKEN}")
            yield os.fspath(one)
    else:
        yield InMemory(IN_MEMORY, content=(b"[]",) if first is None else _lines(chain((first,), rest)))


def _lines(tasks: Iterable[object]) -> Iterator[bytes]:
    """Write tasks as they are asked for, one on a line. Raises GuidelintError for what JSON cannot say."""
    for number, task in enumerate(tasks, start=1):
        if not isinstance(task, Mapping):
            raise GuidelintError(f"{IN_MEMORY}, record {number}: {type(task).__name__} is no task, which is a dict")
        try:
            yield json.dumps(dict(task)).encode() + b"\n"
        except (TypeError, ValueError, RecursionError) as error:
            remedy = "Give plain numbers, texts, lists and dicts; an array by its tolist()"
            raise GuidelintError(
                f"{IN_MEMORY}, record {number} cannot be written as JSON: {error}. {remedy}"
            ) from error


def _objects(addresses: Sequence[str]) -> list[Source]:
    """Find objects of a store. Raises GuidelintError without the extra that reads them."""
    if not addresses:
        return []
    need_engine(addresses[0])
    from guidelint.checking.engine.objects import objects  # noqa: PLC0415 - with its extra

    return list(objects(addresses))


def _numbered(source: Source, number: int) -> Source:
    """Tell several in memory apart."""
    if number == 1 or not isinstance(source, InMemory):
        return source
    return InMemory(f"{source.name} ({number})", content=source.content)


def _refuse_missing(source: Source) -> None:
    if source.problem:
        raise GuidelintError(f"{source.name}: {source.problem}")
    if source.path is not None and not source.path.exists():
        raise GuidelintError(f"{source.name}: there is no such file. Look how it is written, and from which folder")
