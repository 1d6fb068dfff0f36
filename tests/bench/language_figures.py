"""Figures of the language that are kept for docs/benchmarks.md, each under the name of what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "figures" / "language.json"


def keep(what: str, **figures: float) -> None:
    """Write figures in the place of those that were measured before."""
    FILE.write_text(json.dumps({**kept(), what: figures}, indent=1, sort_keys=True) + "\n")


def kept() -> dict[str, dict[str, float]]:
    """Give the figures as they were measured."""
    found: dict[str, dict[str, float]] = json.loads(FILE.read_text()) if FILE.is_file() else {}
    return found
