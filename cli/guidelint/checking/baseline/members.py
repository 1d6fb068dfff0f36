"""Which things a finding is about that many contribute to, when its entry was written and now."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from guidelint.validation.rule.several import split
from guidelint.validation.rule.wording import first_few

if TYPE_CHECKING:
    from guidelint.checking.known import Entry
    from guidelint.validation.judging.finding import Finding

UNTOLD = "its entry does not tell which it knew"


def written(finding: Finding) -> str:
    """Write what tells the things that a finding is about."""
    return base64.b64encode(b"".join(sorted(split(finding.members)))).decode()


def more(entry: Entry, finding: Finding) -> str:
    """Say which things a finding is about that its entry did not know; empty: none, whatever is no more.

    A waiver that does not tell what it is about covers all.
    """
    if not finding.members or (entry.by == "waiver" and not entry.members):
        return ""
    known = _read(entry.members)
    if not known:
        return UNTOLD
    members = split(finding.members)
    new = sum(member not in known for member in members)
    if not new:
        return ""
    listed = zip(finding.regions, members, strict=False)
    titles = [region.title for region, member in listed if member not in known]
    named = f": {first_few(titles, new)}" if titles else ""
    return f"{new} more than known{named}"


def _read(members: str) -> frozenset[bytes]:
    """Read what was written; what somebody has changed tells nothing."""
    try:
        return frozenset(split(base64.b64decode(members, validate=True)))
    except (binascii.Error, ValueError):
        return frozenset()
