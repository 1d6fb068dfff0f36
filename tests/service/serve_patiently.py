"""``guidelint serve`` whose answers wait for the verdict however long it takes, for tests on a busy machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from guidelint.cli.__main__ import main
from guidelint.service import serve as service
from guidelint.service.receiver import group_commit

if TYPE_CHECKING:
    from guidelint.service.settings import Settings

PATIENCE_S = 300.0
"""Long enough for the busiest machine: only what never comes is a failure."""
MODULE = (str(Path(__file__)),)
_serve = service.serve


def _serve_patiently(settings: Settings) -> None:
    group_commit.STORED_WITHIN_S = PATIENCE_S
    _serve(replace(settings, hold_ms=round(PATIENCE_S * 1000)))


if __name__ == "__main__":
    service.serve = _serve_patiently
    main()
