"""How a finding stands to its entry: known by it, or new all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.baseline.measured import change, measured
from guidelint.checking.baseline.members import more, written
from guidelint.checking.known import About, Entry, Standing
from guidelint.validation.rule.wording import NAMED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Set as AbstractSet

    from guidelint.checking.record import Judged
    from guidelint.validation.judging.finding import Finding

_LONGEST = 200
"""So many letters of a name stand in an entry."""
NOT_JUDGED = "nobody has judged it: a waiver alone makes it known"


def needs_waiver(finding: Finding, never_left_out: AbstractSet[str]) -> bool:
    """Whether it tells of work that nobody has judged, so that only somebody with a reason can let it pass.

    So do questions without an answer, rules that failed, and items that no region was read from, as the rules tell
    that no run can leave out.
    """
    return finding.outcome != "departs" or (finding.rule in never_left_out and not finding.regions)


def standing(entry: Entry, finding: Finding, today: dt.date, never_left_out: AbstractSet[str]) -> Standing:
    """Tell whether an entry makes its finding known. A waiver that tells no number covers every number.

    A finding about several things is worse when one is added, whatever was measured.
    """
    if entry.is_expired(today):
        return Standing(entry, f"its waiver by {entry.who} counted until {entry.until}")
    if entry.by == "baseline" and needs_waiver(finding, never_left_out):
        return Standing(entry, NOT_JUDGED)
    if new := more(entry, finding):
        return Standing(entry, new, is_worse=bool(entry.members))
    if entry.by == "waiver" and entry.measured is None:
        return Standing(entry)
    return Standing(entry, *change(entry, measured(finding)))


def entry_of(judged: Judged, finding: Finding, guideline: str = "") -> Entry:
    """Make the entry of a finding; ``guideline``: by which of several it was found."""
    subject, numbers = judged.verdict.subject, measured(finding)
    about = About(
        kind=subject.kind,
        series=_short(subject.series),
        task=_short(subject.task),
        annotation=_short(subject.annotation),
        annotator=_short(judged.annotator or subject.annotator),
        which=_short(subject.name),
    )
    return Entry(
        id=finding.id,
        rule=finding.rule,
        kind=finding.kind,
        guideline=guideline,
        subject=about,
        regions=tuple(_short(region.title) for region in finding.regions[:NAMED]),
        clause=_short(finding.clause),
        count=finding.count,
        members=written(finding),
        measured=numbers.measured,
        limit=numbers.limit,
        unit=numbers.unit,
    )


def _short(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return shown.encode(errors="replace").decode()
