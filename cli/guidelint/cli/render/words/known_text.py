"""What a finding says of its entry in the baseline: by what it is known, or why it is new all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.counting.totals import column
from guidelint.cli.render.terminal.visible import visible

if TYPE_CHECKING:
    from guidelint.checking.known import Entry
    from guidelint.checking.record import Judged
    from guidelint.validation.judging.finding import Finding


def known_text(judged: Judged, finding: Finding) -> str:
    """Say it, e.g. ``error, known by the baseline`` or ``worse: was 4.1 mm, is 6.0 mm``; empty: there is no entry."""
    standing = judged.standing(finding)
    if standing is None:
        return ""
    if standing.new_because:
        return visible(f"{'worse' if standing.is_worse else 'new'}: {standing.new_because}")
    return visible(f"{column(finding)}, {_by(standing.entry)}")


def in_brackets(judged: Judged, finding: Finding) -> str:
    """Say it behind a sentence; empty where there is no entry."""
    said = known_text(judged, finding)
    return f" ({said})" if said else ""


def _by(entry: Entry) -> str:
    if entry.by == "waiver":
        return f"waived by {entry.who} until {entry.until}: {entry.reason}"
    return "known by the baseline"
