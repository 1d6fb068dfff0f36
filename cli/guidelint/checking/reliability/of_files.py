"""The reliability of a guideline, from files of work that several readers did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.checking.input.inputs import inputs
from guidelint.checking.input.submissions import submissions
from guidelint.checking.reliability.error import ReliabilityError
from guidelint.checking.reliability.reliability import WITHIN_MM, reliability

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.submission import Submission
    from guidelint.checking.reliability.reliability import Reliability
    from guidelint.validation.judging.plan import Plan

NOBODY_TWICE = (
    "no two readers have read the same task or marked the same object in it: whether they come to the same verdicts"
    " cannot be told"
)


def reliability_of_files(plan: Plan, arguments: Sequence[str], within_mm: float = WITHIN_MM) -> Reliability:
    """Tell how alike readers apply a guideline. Raises ReliabilityError, also where no two read the same."""
    unread: list[str] = []

    def read() -> Iterator[Submission]:
        for source in inputs(arguments).sources:
            try:
                for one in submissions((source,), plan.vocabulary):
                    if isinstance(one, PayloadError):
                        unread.append(str(one))
                    else:
                        yield one
            except FormatError as error:
                raise ReliabilityError(f"{source.name}: {error}") from error

    found = reliability(plan, read(), within_mm)
    if not found.object_pairs and not found.image_pairs:
        raise ReliabilityError(f"{NOBODY_TWICE}{f'; {len(unread)} records could not be read' if unread else ''}")
    return replace(found, unread=len(unread))
