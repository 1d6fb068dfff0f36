"""What else stands in a record of a task: work that is not handed in yet, and results under names of other forms."""

from __future__ import annotations

import msgspec

from guidelint.annotation.decoding.files.json_record import ABSENT

_LOOKED_AT_BYTES = 64
_NOTHING = frozenset({b"", b"null", b"[]", b"{}", b'""'})


class TaskParts(msgspec.Struct, kw_only=True):
    """Parts of a record that hold no annotation, or hold one where no export of today has it; all unread."""

    drafts: msgspec.Raw = ABSENT
    predictions: msgspec.Raw = ABSENT
    completions: msgspec.Raw = ABSENT
    result: msgspec.Raw = ABSENT
    annotation: msgspec.Raw = ABSENT
    data: msgspec.Raw = ABSENT
    total_annotations: object = None
    """How many annotations Label Studio counts on the task."""

    @property
    def is_drafted(self) -> bool:
        """Whether somebody has begun and not handed in."""
        return holds(self.drafts)

    @property
    def is_predicted(self) -> bool:
        """Whether a model has made a proposal."""
        return holds(self.predictions)

    def undelivered(self, delivered: int) -> int:
        """How many more annotations Label Studio counts on the task."""
        counted = self.total_annotations
        return max(0, counted - delivered) if isinstance(counted, int) and not isinstance(counted, bool) else 0


def holds(part: msgspec.Raw) -> bool:
    """Whether a part is there and is not empty."""
    start = bytes(memoryview(part)[:_LOOKED_AT_BYTES])
    return start.translate(None, b" \t\r\n") not in _NOTHING
