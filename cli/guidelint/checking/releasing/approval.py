"""The signature of whoever releases a guideline."""

from __future__ import annotations

from datetime import UTC, datetime

from guidelint.checking.supplied import SuppliedError
from guidelint.language.form.sections.provenance import Approval


def approval_of(name: str, role: str, means: str) -> Approval | None:
    """Sign as of today; None: nobody signs now. Raises SuppliedError."""
    if not name and not role:
        return None
    if not (name and role and means):
        raise SuppliedError("a signature says who signs, in which role, and what it means: give all of them")
    return Approval(name=name, role=role, date=datetime.now(UTC).date().isoformat(), means=means)
