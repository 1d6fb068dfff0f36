"""A contribution as bytes, for whoever keeps contributions outside of memory."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from guidelint.validation.judging.contributions import MOST_UNTOLD, Group, RuleFault, Untold
from guidelint.validation.rule.gathering import Contributed, Gathered, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.validation.judging.contributions import Content
    from guidelint.validation.rule.subject import Subject

Kind = Literal["told", "unknown", "fault"]
TOLD: Kind = "told"
"""Kind of what can be told."""
_LIST = b"\xdd"
"""What begins a list in MessagePack; its length follows in four bytes."""
WrittenRow = tuple[str, str, str | None, str, bytes]
"""Task, annotation, annotator, kind and content of a contribution."""


def written(content: Content) -> tuple[Kind, bytes]:
    """Write it as MessagePack, which unlike JSON keeps what is no number."""
    match content:
        case Gathered(value=value):
            return TOLD, msgspec.msgpack.encode(value)
        case Unknown():
            return "unknown", msgspec.msgpack.encode(content)
        case RuleFault():
            return "fault", msgspec.msgpack.encode(content)


class ContributionReader:
    """Reads contributions back."""

    def __init__(self, types: Mapping[str, type]) -> None:
        """``types``: key of each check → type of what it gathers."""
        self._values = {key: msgspec.msgpack.Decoder[Any](kind) for key, kind in types.items()}
        self._lists = {key: msgspec.msgpack.Decoder(list[kind]) for key, kind in types.items()}  # type: ignore[valid-type]

    def read(self, check: str, group: str, kind: str, content: bytes) -> Content:
        """Read what was written of a contribution under a check, in a group."""
        return Gathered(self._values[check].decode(content), group) if kind == TOLD else _untold(kind, content)

    def contributed(self, check: str, rows: Sequence[WrittenRow]) -> Iterator[Contributed[Any]]:
        """Read those that can be told: all values at once, which takes a fraction of the time."""
        told = [row for row in rows if row[3] == TOLD]
        contents = b"".join(row[4] for row in told)
        values = self._lists[check].decode(_LIST + len(told).to_bytes(4, "big") + contents)
        for (task, annotation, annotator, _, _), value in zip(told, values, strict=True):
            yield Contributed(task, annotation, annotator, value)

    def counted(self, check: str, rows: Iterable[tuple[bytes, int]]) -> Iterator[Contributed[Any]]:
        """Read contents of which there are so many."""
        for content, times in rows:
            yield Contributed("", "", None, self._values[check].decode(content), times)

    def group(self, place: tuple[Subject, str, str], rows: Iterable[WrittenRow]) -> Group:
        """Read a group of contributions, which stand by task and annotation."""
        all_rows = tuple(rows)
        return Group(*place, tuple(self.contributed(place[1], all_rows)), untold(all_rows))


def untold(rows: Iterable[WrittenRow]) -> tuple[Untold, ...]:
    """Read what stands in place of contributions; of very many, the first."""
    those = (row for row in rows if row[3] != TOLD)
    return tuple(
        Untold(task, annotation, _untold(kind, content))
        for task, annotation, _, kind, content in islice(those, MOST_UNTOLD)
    )


def _untold(kind: str, content: bytes) -> Unknown | RuleFault:
    """Read what was written in place of a contribution."""
    if kind == "unknown":
        return msgspec.msgpack.decode(content, type=Unknown)
    return msgspec.msgpack.decode(content, type=RuleFault)
