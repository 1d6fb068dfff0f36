"""What a verdict says in its first words, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.validation.judging.groups import groups, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region_ref import RegionRef
    from guidelint.validation.judging.plan import Route
    from guidelint.validation.judging.verdict import Decision, Escalation, Verdict

SIGNS: Mapping[Decision, str] = {
    "returned": "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}",
    "escalated": "\N{NORTH EAST ARROW}\N{VARIATION SELECTOR-15}",
    "unverified": "?",
    "accepted": "\N{CHECK MARK}\N{VARIATION SELECTOR-15}",
    "skipped": "\N{EN DASH}",
}
"""What stands before the first word of a decision; the variation selector asks for a plain sign, not for a picture."""

NOTHING = "There is nothing for you to change."


@dataclass(frozen=True, slots=True)
class Words:
    """The first words of a banner."""

    decision: Decision
    stressed: str
    rest: str
    """What follows without a space."""

    def __str__(self) -> str:
        return self.stressed + self.rest


def words_of(verdict: Verdict, routes: Mapping[str, Route], *, all_in: bool = False) -> Words:
    """Say a decision, how much there is of it, and who takes it.

    ``all_in``: all the readings that it asked for are in.
    """
    match verdict.decision:
        case "returned":
            if not verdict.is_correctable:
                return Words("returned", "Returned: the image or an import is at fault", f".{_open_questions(verdict)}")
            count = f"Returned: {_things(len(verdict.to_change))} to change"
            return Words("returned", count, f"{_spread(verdict)}.{_open_questions(verdict)}")
        case "escalated":
            promises = "".join(f" {promise(item, routes, all_in=all_in)}" for item in verdict.escalations)
            return Words("escalated", "Escalated.", promises)
        case "unverified":
            return Words("unverified", "Could not be checked completely.", "")
        case "accepted":
            return Words("accepted", "Accepted.", "")
        case "skipped":
            return Words("skipped", "Skipped:", " this image was not judged.")


def next_step(verdict: Verdict, *, back_in_queue: bool) -> str:
    """Say what the one who submitted does next; empty where there is nothing to do."""
    match verdict.decision:
        case "returned" if not verdict.is_correctable:
            return NOTHING
        case "returned" if back_in_queue:
            return "It is back in the queue with all its regions: correct it and press Submit."
        case "returned":
            return "Correct it and press Update."
        case "escalated" if not any(finding.do for finding in verdict.findings):
            return NOTHING
        case "unverified":
            return "There is nothing for you to change: a manager is told and sees to it."
        case _:
            return ""


def promise(escalation: Escalation, routes: Mapping[str, Route], *, all_in: bool) -> str:
    """Say who takes an escalation, and by when; or that whoever was asked to read the task has done so."""
    route = routes.get(escalation.route)
    if route is None:
        return "Somebody else will look at this."
    if all_in and route.readers > 1:
        return f"{with_article(route.who)} was asked; all readings are in."
    within = f" within {_duration(route.within_hours)}" if route.within_hours else ""
    return f"{with_article(route.who)} will look at this{within}."


def with_article(who: str) -> str:
    """Begin a sentence with a role: ``Thoracic radiologist`` becomes ``A thoracic radiologist``; names stay."""
    first, _, rest = who.partition(" ")
    is_name = first[1:2].isupper() or any(word[:1].isupper() for word in rest.split())
    if is_name or first.lower() in {"a", "an", "the", "two", "another"}:
        return who[:1].upper() + who[1:]
    role = who[:1].lower() + who[1:]
    return f"{'An' if role[:1] in 'aeiou' else 'A'} {role}"


def _duration(hours: float) -> str:
    return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:g} h"


def _things(count: int) -> str:
    return f"{count} thing{'' if count == 1 else 's'}"


def _spread(verdict: Verdict) -> str:
    """Say of how many kinds the things are, and where, in place of the list that is folded away."""
    kinds = len(groups(verdict.to_change))
    if len(verdict.findings) == 1 or kinds == 1:
        return ""
    said = f", {kinds} kinds" if kinds < len(verdict.to_change) else ""
    regions = [region for finding in verdict.to_change for region in finding.regions]
    return f"{said}, {_in_regions(regions)}" if regions and all(map(_is_numbered, regions)) else said


def _in_regions(regions: list[RegionRef]) -> str:
    different = {region.number for region in regions}
    return f"in region{'' if len(different) == 1 else 's'} {numbers(different)}"


def _is_numbered(region: RegionRef) -> bool:
    return bool(region.number) and not region.task


def _open_questions(verdict: Verdict) -> str:
    """Say to the manager, who filters on the decision alone, that there is more to see to."""
    return f" {_things(len(verdict.not_checked))} could not be checked." if verdict.not_checked else ""
