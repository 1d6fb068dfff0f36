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

ROTATION = "rotation"
"""The one that is read: how a box is turned."""
_NOT_READ = "a COCO file carries no answers to questions; this is told once for the file"
_MOST_TOLD = 20
_SHOWN = 60
Attributes = dict[str, object] | None
"""By their names; None: what stands there is no object."""


@dataclass(slots=True)
class UnreadAttributes:
    """The attributes of a file that were told: each name once."""

    names: set[str] = field(default_factory=set[str])

    def told(self, attributes: Attributes) -> Iterator[UnreadFact]:
        """Tell of attributes that no annotation of the file has had before."""
        for name in _named(attributes):
            if name not in self.names and len(self.names) < _MOST_TOLD:
                self.names.add(name)
                yield UnreadFact(name, _NOT_READ)


def attributes_of(raw: msgspec.Raw) -> Attributes:
    """Read the attributes of an annotation; None: they are no object. Raises PayloadError where a rotation is twice."""
    try:
        found = {} if raw == ABSENT or bytes(raw) == b"null" else read(raw, dict[str, object])
    except PayloadError:
        return None
    if ROTATION in found:
        refuse_repeated(raw, (ROTATION,))
    return found


def _named(attributes: Attributes) -> Iterator[str]:
    if attributes is None:
        yield "what stands in attributes"
        return
    yield from (f"the attribute {name[:_SHOWN]}" for name in attributes if name != ROTATION)
