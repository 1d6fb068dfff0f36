"""Contributions to a rule whose limits are multiples of image facts: they bring along what the facts are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from guidelint.annotation.region_ref import RegionRef
from guidelint.validation.judging.of_image import found_in, largest, resolved
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule, Unknown
from guidelint.validation.rule.parameters.multiple import Known, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.rule.image_fact import FactName
    from guidelint.validation.rule.parameters.multiple import Found
    from guidelint.validation.rule.scope import Share

C = TypeVar("C")
NO_IMAGE = "nothing is known of any image that it is about"


@dataclass(frozen=True, slots=True)
class WithFacts(Generic[C]):
    """A contribution, and the facts of its image that limits are multiples of."""

    facts: dict[str, float]
    value: C


def contribution_type(rule: GatheringRule[Any]) -> Any:
    """Tell what is contributed under a rule."""
    return WithFacts[rule.contribution] if rule.varies else rule.contribution  # type: ignore[name-defined]


def bringing_facts(
    rule: GatheringRule[Any], share: Share, told: Iterable[Gathered[Any] | Unknown]
) -> Iterator[Gathered[Any] | Unknown]:
    """Let contributions bring the facts of their images along, where the rule needs them."""
    if not rule.varies:
        yield from told
        return
    names = facts_of(rule)

    @cache
    def found(item: int | None) -> Found:
        return found_in(names, _images(share, item))

    for one in told:
        yield _with_facts(one, found(one.item)) if isinstance(one, Gathered) else one


def of_task(rule: GatheringRule[Any], told: Iterable[Gathered[Any] | Unknown]) -> Iterator[Gathered[Any] | Unknown]:
    """Let what a task contributes by itself bring no facts: it says nothing of an image."""
    for one in told:
        yield replace(one, value=WithFacts({}, one.value)) if rule.varies and isinstance(one, Gathered) else one


def as_judged(
    rule: GatheringRule[Any], contributions: Sequence[Contributed[Any]]
) -> tuple[GatheringRule[Any], Sequence[Contributed[Any]]]:
    """Give the rule with the limits that hold for a group, and what was contributed without the facts.

    Raises NotMeasurable where the limits contradict one another on these images.
    """
    if not rule.varies:
        return rule, contributions
    made = resolved(rule, _found(facts_of(rule), [one.value.facts for one in contributions]))
    return made, [replace(one, value=one.value.value) for one in contributions]


def _with_facts(one: Gathered[Any], found: Found) -> Gathered[Any] | Unknown:
    missing = next((reason for reason in found.values() if isinstance(reason, str)), None)
    if missing is not None:
        return Unknown(missing, (one.value,) if isinstance(one.value, RegionRef) else (), one.group)
    facts: dict[str, float] = {name: known.value for name, known in found.items() if isinstance(known, Known)}
    return replace(one, value=WithFacts(facts, one.value))


def _images(share: Share, item: int | None) -> list[ImageFacts]:
    """List the images that a contribution is about: the one it names, else those that the share lies on."""
    submission = share.submission
    if item is not None:
        return [submission.item_images.get(item, submission.image)]
    return [submission.image_of(region) for region in share.regions] or [*submission.images]


def _found(names: Iterable[FactName], contributed: Iterable[dict[str, float]]) -> Found:
    """Let the largest count of what all contributions bring along."""
    values = defaultdict[str, set[float]](set)
    for facts in contributed:
        for name, value in facts.items():
            values[name].add(value)
    return {name: largest(values[name]) if values[name] else NO_IMAGE for name in names}
