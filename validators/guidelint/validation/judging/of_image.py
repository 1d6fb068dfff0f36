"""A rule whose limits are multiples of image facts, as the images give it: what it is asked of, with which numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar, cast

from pydantic import ValidationError

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.image_fact import FACTS
from guidelint.validation.rule.limit import OfImage
from guidelint.validation.rule.parameters.bound import Bound, Lower, Upper
from guidelint.validation.rule.parameters.multiple import Known, facts_of, with_facts
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.said import said
from guidelint.validation.rule.wording import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.rule.image_fact import FactName
    from guidelint.validation.rule.parameters.multiple import Found
    from guidelint.validation.rule.rule import Rule

_R = TypeVar("_R", bound="Rule")
TELL_THE_AUTHOR = "the limits of the guideline do not fit this image; tell whoever wrote it"


@dataclass(frozen=True, slots=True)
class Part:
    """What a rule is asked of, with the limits that hold there."""

    rule: Rule
    submission: Submission
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class NoPart:
    """Regions of which it cannot be told what limits them."""

    reason: str
    regions: tuple[Region, ...]


def parts(rule: Rule, submission: Submission, regions: tuple[Region, ...]) -> Iterator[Part | NoPart]:
    """Give the parts of a submission that a rule is asked of: all at once, unless images differ in what limits it."""
    if not rule.varies:
        yield Part(rule, submission, regions)
        return
    by_facts = _by_facts(rule, submission, regions)
    for found, items in by_facts:
        own = tuple(region for region in regions if region.image_index in items)
        part = submission if len(by_facts) == 1 or rule.scope.of_regions else narrowed(submission, items)
        try:
            yield Part(resolved(rule, found), part, own)
        except NotMeasurable as error:
            yield NoPart(str(error), own)


def found_in(names: Iterable[FactName], images: Iterable[ImageFacts]) -> Found:
    """Find what facts are: of several images the largest counts, and of two spacings."""
    listed = tuple(images)
    return {name: _largest(name, listed) for name in sorted(names)}


def _largest(name: FactName, images: tuple[ImageFacts, ...]) -> Known | str:
    try:
        values = {max(FACTS[name].numbers(image)) for image in images}
    except NotMeasurable as error:
        return f"a limit depends on the image, and {error}"
    return largest(values)


def largest(values: set[float]) -> Known:
    """Let the largest of several values count."""
    return Known(max(values), is_largest=len(values) > 1)


def resolved(rule: _R, found: Found) -> _R:
    """Put numbers in place of the multiples. Raises NotMeasurable where the limits contradict one another then."""
    try:
        made = cast("_R", with_facts(rule, found))
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise NotMeasurable(f"{reason}: {TELL_THE_AUTHOR}") from error
    _refuse_crossed(made)
    return made


def _refuse_crossed(rule: Rule) -> None:
    """Raise NotMeasurable where nothing lies between two limits, one of which the image gives."""
    ends: dict[tuple[str, str], dict[type[Bound], float]] = defaultdict(dict)
    for one in said(rule):
        bound, amount = one.of(Bound), one.of(Amount)
        if bound is not None and amount is not None and isinstance(one.value, float | int):
            ends[bound.of, amount.unit][type(bound)] = one.value
    for (of, unit), both in ends.items():
        least, most = both.get(Lower), both.get(Upper)
        if (
            least is not None
            and most is not None
            and least > most
            and isinstance(least, OfImage) | isinstance(most, OfImage)
        ):
            asked = f"at least {measure(least, unit)} and at most {measure(most, unit)}"
            raise NotMeasurable(f"the {of} is to be {asked}, and nothing is: {TELL_THE_AUTHOR}")


def _by_facts(rule: Rule, submission: Submission, regions: tuple[Region, ...]) -> list[tuple[Found, frozenset[int]]]:
    """Put the images together whose facts are the same."""
    names = facts_of(rule)
    together: dict[tuple[tuple[FactName, Known | str], ...], set[int]] = defaultdict(set)
    drawn_on = {region.image_index for region in regions}
    items = drawn_on if rule.scope.of_regions else {*submission.items, *submission.item_images, *drawn_on} or {0}
    for item in sorted(items):
        found = found_in(names, (submission.item_images.get(item, submission.image),))
        together[tuple(found.items())].add(item)
    return [(dict(found), frozenset(of)) for found, of in together.items()]


def narrowed(submission: Submission, items: AbstractSet[int]) -> Submission:
    """Leave in only what is of some images."""
    return replace(
        submission,
        regions=tuple(region for region in submission.regions if region.image_index in items),
        item_images={item: image for item, image in submission.item_images.items() if item in items},
        item_answers={item: answers for item, answers in submission.item_answers.items() if item in items},
    )
