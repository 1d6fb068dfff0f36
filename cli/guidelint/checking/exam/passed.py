"""Who has passed, as a run is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.annotation.qualification import Qualification


def known_qualifications(path: Path | None) -> tuple[Qualification, ...] | None:
    """Read who has passed which exam, if that was given. Raises ExamError."""
    if path is None:
        return None
    from guidelint.checking.exam.written import qualifications_in  # noqa: PLC0415 - few runs are given a file

    return qualifications_in(path)
