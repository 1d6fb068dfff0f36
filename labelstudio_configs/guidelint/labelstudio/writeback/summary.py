"""What a verdict says in the columns of the Data Manager: short, and complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.labelstudio.writeback.words import words_of
from guidelint.validation.judging.groups import groups, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.groups import Group
    from guidelint.validation.judging.plan import Route
    from guidelint.validation.judging.verdict import Verdict

LONGEST = 120
"""Characters that a column of the Data Manager shows on a wide screen."""


def what_to_change(verdict: Verdict, routes: Mapping[str, Route], longest: int = LONGEST) -> str:
    """Say the first of what is to change, and how much more there is; where nothing is, what happens instead."""
    told = groups(_told(verdict))
    if not told:
        return _cut(str(words_of(verdict, routes)), longest)
    first, *others = told
    more = f"; +{len(others)} more" if others else ""
    return _cut(plain(first), longest - len(more)) + more


def rules_concerned(verdict: Verdict) -> str:
    """List the rules that something was found by, each once, in the order of what is to change."""
    found = (finding for finding in (*verdict.to_change, *verdict.findings) if finding not in verdict.derived)
    return ", ".join(dict.fromkeys(finding.rule for finding in found))


def _told(verdict: Verdict) -> tuple[Finding, ...]:
    """Find what a manager needs to know: what to change, else what is unchecked, escalated or follows."""
    return verdict.to_change or verdict.not_checked or verdict.escalating or verdict.derived


def plain(group: Group) -> str:
    """Say what a group of findings says as plain text, once."""
    named = [region for region in group.regions if region.number and not region.task]
    if len(named) < len(group.regions):
        where = group.regions[0].title + (f" and {len(group.regions) - 1} more" if len(group.regions) > 1 else "")
    elif len({region.number for region in named}) > 1:
        where = f"Regions {numbers((region.number for region in named), to='–')}"
    else:
        where = named[0].title if named else ""
    return f"{where}: {group.message}" if where else group.message[:1].upper() + group.message[1:]


def _cut(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
