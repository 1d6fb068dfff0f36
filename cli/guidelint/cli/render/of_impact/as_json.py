"""What becomes of stored work, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from guidelint.cli.render.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.impact.impact import Impact


def as_json(found: Impact) -> str:
    """Write everything, every annotation that changes among it."""
    return json_text(_told(found))


def versions_as_json(found: Sequence[Impact]) -> str:
    """Write it of each version that the work was done under."""
    return json_text({"versions": [_told(one) for one in found]})


def _told(found: Impact) -> dict[str, object]:
    return {**asdict(found), "annotations_changed": found.annotations_changed}
