"""What an error answer of Label Studio says, in its own words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WORDS = 2000


def words_of(body: object) -> str:
    """Unwrap what an error answer says; at most 2000 characters."""
    try:
        found: object = json.loads(body) if isinstance(body, str | bytes) else body
    except (ValueError, RecursionError):
        return "no explanation" if "<html" in str(body).lower() else str(body)[:LONGEST_WORDS]
    return "; ".join(dict.fromkeys(_leaves(found)))[:LONGEST_WORDS] or "no explanation"


def _leaves(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        told = found.get("validation_errors") or found.get("detail") or list(found.values())
        yield from _leaves(told)
    elif isinstance(found, list):
        for item in found:
            yield from _leaves(item)
    elif found is not None:
        yield " ".join(str(found).split()).rstrip(".")
