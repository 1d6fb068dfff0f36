"""Findings on what lies above one annotation, told apart where several guidelines judge it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.validation.judging.verdict import Verdict


def under_another(verdict: Verdict) -> Verdict:
    """Give the verdict of a further guideline: one series or delivery has findings of the same ids under each.

    Those of the first guideline stay as they are in a run without others.
    """
    new = {one.id: _id(one.id, verdict.guideline) for one in verdict.findings}
    return replace(
        verdict,
        findings=tuple(replace(one, id=new[one.id]) for one in verdict.findings),
        escalations=tuple(
            replace(one, findings=tuple(map(new.__getitem__, one.findings))) for one in verdict.escalations
        ),
    )


def _id(finding: str, guideline: str) -> str:
    return hashlib.sha256(f"{finding}\x1f{guideline}".encode()).hexdigest()[: len(finding)]
