"""How reliable rules are, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from guidelint.cli.render.json_text import json_text

if TYPE_CHECKING:
    from guidelint.checking.reliability.reliability import Reliability


def as_json(found: Reliability) -> str:
    """Write everything; `is_within_error` beside each limit."""
    told = asdict(found)
    for written, limit in zip(told["limits"], found.limits, strict=True):
        written["is_within_error"] = limit.is_within_error
    return json_text(told)
