"""What a verdict says in its first words, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.validation.judging.groups import groups, numbers
from guidelint.validation.judging.route_words import duration
from guidelint.validation.rule.wording import full_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


@dataclass(frozen=True, slots=True)
class Asked:
    """How far those are whom escalations ask."""

    all_in: bool = False
    """All the readings that were asked for are in."""
    answered: frozenset[str] = frozenset()
    """Routes whose persons have dealt with the task."""


NOT_YET = Asked()
"""Nobody has been asked yet."""


def words_of(verdict: Verdict, routes: Mapping[str, Route], asked: Asked = NOT_YET) -> Words:
    """Say a decision, how much there is of it, and who takes it."""
    match verdict.decision:
        case "returned":
            if not verdict.is_correctable:
                return Words("returned", "Returned: the image or an import is at fault", f".{_open_questions(verdict)}")
            count = f"Returned: {_things(len(verdict.to_change))} to change"
            return Words("returned", count, f"{_spread(verdict)}.{_open_questions(verdict)}")
        case "escalated":
            promises = "".join(f" {promise(item, routes, asked)}" for item in verdict.escalations)
            return Words("escalated", "Escalated.", promises)
        case "unverified":
            beside = "".join(f" {also}" for item in verdict.escalations for also in _beside(item.route, routes, asked))
            return Words("unverified", "Could not be checked completely.", beside)
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


def promise(escalation: Escalation, routes: Mapping[str, Route], asked: Asked) -> str:
    """Say who takes an escalation, and by when, or that they have; and what else its route does."""
    route = routes.get(escalation.route)
    if route is None:
        return "Somebody else will look at this."
    return " ".join((_taken(escalation.route, route, asked), *_beside(escalation.route, routes, asked)))


def _taken(name: str, route: Route, asked: Asked) -> str:
    if name in asked.answered:
        return f"{with_article(route.who)} was asked and has dealt with it."
    if asked.all_in and route.readers > 1 and not route.persons:
        return f"{with_article(route.who)} was asked; all readings are in."
    within = f" within {duration(route.within_hours)}" if route.within_hours else ""
    return f"{with_article(route.who)} will look at this{within}."


def _beside(name: str, routes: Mapping[str, Route], asked: Asked) -> Iterator[str]:
    """Say what a route does beside asking somebody."""
    route = routes.get(name)
    if route is not None and route.hold and name not in asked.answered:
        yield "Until then the task is held: please leave it as it is."
    if route is not None and route.message:
        yield f"{route.message}{full_stop(route.message)}"


def with_article(who: str) -> str:
    """Begin a sentence with a role: ``Thoracic radiologist`` becomes ``A thoracic radiologist``; names stay."""
    first, _, rest = who.partition(" ")
    is_name = first[1:2].isupper() or any(word[:1].isupper() for word in rest.split())
    if is_name or first.lower() in {"a", "an", "the", "two", "another"}:
        return who[:1].upper() + who[1:]
    role = who[:1].lower() + who[1:]
    return f"{'An' if role[:1] in 'aeiou' else 'A'} {role}"


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
