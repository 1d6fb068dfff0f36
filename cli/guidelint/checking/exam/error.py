"""Why there is no exam, or none can be graded."""

from __future__ import annotations

from guidelint.checking.supplied import SuppliedError


class ExamError(SuppliedError):
    """There is none, or none can be graded; the message says why, and what to do."""
