"""The ``attributes`` of an annotation, which some tools write beside what COCO knows: told, for they are not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_keys import refuse_repeated
from guidelint.annotation.decoding.files.json_record import ABSENT, PayloadError, read
from guidelint.annotation.submission import UnreadFact

if TYPE_CHECKING:
    from collections.abc import Iterator

    import msgspec

_ROTATION = "rotation"
_NOT_READ = "a COCO file carries no answers to questions; this is told once for the file"
_MOST_TOLD = 20
_SHOWN = 60


@dataclass(slots=True)
class UnreadAttributes:
    """The attributes of a file that were told: each name once."""

    names: set[str] = field(default_factory=set[str])

    def told(self, raw: msgspec.Raw) -> Iterator[UnreadFact]:
        """Tell of attributes that no annotation of the file has had before."""
        for name in _named(raw):
            if name not in self.names and len(self.names) < _MOST_TOLD:
                self.names.add(name)
                yield UnreadFact(name, _NOT_READ)


def rotation_of(raw: msgspec.Raw) -> object:
    """Say how a box is turned, as it stands there; None: nothing says so. Raises PayloadError where it is twice."""
    told = _attributes(raw)
    if told is None or _ROTATION not in told:
        return None
    refuse_repeated(raw, (_ROTATION,))
    return told[_ROTATION]


def _named(raw: msgspec.Raw) -> Iterator[str]:
    told = _attributes(raw)
    if told is None:
        yield "what stands in attributes"
        return
    yield from (f"the attribute {name[:_SHOWN]}" for name in told if name != _ROTATION)


def _attributes(raw: msgspec.Raw) -> dict[str, object] | None:
    """Read the attributes; None: they are no object."""
    try:
        return {} if raw == ABSENT or bytes(raw) == b"null" else read(raw, dict[str, object])
    except PayloadError:
        return None
