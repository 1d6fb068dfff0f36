"""What cannot be told of a group of contributions, as a finding that names whose they would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.judging.ask import cannot_tell, reference, rule_failed
from guidelint.validation.judging.contributions import MOST_UNTOLD, RuleFault
from guidelint.validation.rule.gathering import Unknown
from guidelint.validation.rule.wording import NAMED, both

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.validation.judging.contributions import Untold
    from guidelint.validation.judging.finding import Finding, Of
    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.subject import Subject


def not_told(check: Check, subject: Subject, untold: Sequence[Untold], of: Of | None = None) -> Finding:
    """Say why a group cannot be judged: a rule that failed on any of it, else the first reason."""
    others = len(untold) == MOST_UNTOLD
    for one in untold:
        if isinstance(one.content, RuleFault):
            alike = (other for other in untold if other.content == one.content)
            reason = f"{one.content.message}{_whose(subject, alike, others=others)}"
            return rule_failed(check, subject, reason, (), of)
    unknown = [(one, one.content) for one in untold if isinstance(one.content, Unknown)]
    reason = unknown[0][1].reason
    nameless = (one for one, content in unknown if content.reason == reason and not content.regions)
    regions = tuple(reference(region) for _, content in unknown for region in content.regions)
    return cannot_tell(check, subject, f"{reason}{_whose(subject, nameless, others=others)}", regions, of)


def _whose(subject: Subject, untold: Iterable[Untold], *, others: bool) -> str:
    """Name annotations, and tasks that contribute by themselves, where the subject does not name them itself."""
    names = [*filter(None, dict.fromkeys(_name(subject, one) for one in untold))]
    more = ["others"] if names and (others or names[NAMED:]) else []
    return f" ({both((*names[:NAMED], *more))})" if names else ""


def _name(subject: Subject, one: Untold) -> str:
    if subject.task == one.task and subject.annotator:
        return ""
    return subject.names(one.task, one.annotation)
