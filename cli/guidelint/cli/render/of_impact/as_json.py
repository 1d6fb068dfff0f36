"""What becomes of stored work, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from guidelint.cli.render.json_text import json_text

if TYPE_CHECKING:
    from guidelint.checking.impact.impact import Impact


def as_json(found: Impact) -> str:
    """Write everything, every annotation that changes among it."""
    told = asdict(found) | {"annotations_changed": found.annotations_changed}
    return json_text(told)
