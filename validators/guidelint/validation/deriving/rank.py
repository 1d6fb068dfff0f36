"""Which place a region takes among all that is marked in its task, from the highest number on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.each_once import each_once
from guidelint.annotation.region import as_number
from guidelint.geometry.memo import memo
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.asked_when import answers_hold
from guidelint.validation.deriving.given import Given
from guidelint.validation.deriving.number import in_band
from guidelint.validation.question import Asked
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.wording import number
from guidelint.validation.scopes.object import object_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.derivation import Derivation
    from guidelint.validation.deriving.follows import Derived
    from guidelint.validation.question import Titles


def rank_of(by: Derivation, given: Given) -> Derived:
    """Count the objects with a higher number: the highest is the first, and those with one number share a place.

    Raises LeftOpen where it is not ranked, NotMeasurable where a number of any of them is missing.
    """
    (own,) = given.one.regions or (None,)
    if own is None:
        raise NotMeasurable("the whole image is asked, and a rank is one of a region")
    numbers = memo.ask(_numbers, by, given.submission, given.titles)
    if isinstance(numbers, str):
        raise NotMeasurable(numbers)
    key = _key(own)
    if key not in numbers:
        raise LeftOpen("it is not among those that are ranked")
    return place_among(by, numbers, key, given.question(by.terms[0]))


def place_among(by: Derivation, numbers: Mapping[str, float], key: str, question: str) -> Derived:
    """Count those with a higher number."""
    place = 1 + sum(other > numbers[key] for other in numbers.values())
    alike = sum(other == numbers[key] for other in numbers.values()) - 1
    shared = f", as {alike} more" if alike else ""
    told = f"{question} {number(numbers[key])} is place {place} of {len(numbers)}{shared}"
    return in_band(by, float(place), told)


def number_of(by: Derivation, region: Region, submission: Submission, titles: Titles) -> float:
    """Give the number by which a region is ranked.

    Raises LeftOpen where it is not ranked, NotMeasurable where its number is missing.
    """
    term = by.terms[0]
    asked = Asked.of(region, submission)
    if region.class_name not in term.of or not answers_hold(by.among, {}, asked.in_sight):
        raise LeftOpen("it is not among those that are ranked")
    value = as_number(Given(asked, submission, titles).only_value(term))
    if value is None:
        raise NotMeasurable(f"the answer to “{titles.question(term.question)}” is no number")
    return value


def _numbers(by: Derivation, submission: Submission, titles: Titles) -> dict[str, float] | str:
    """Give the number of each object that is ranked, on several images its highest; or why one is missing."""
    found: dict[str, float] = {}
    for region in each_once(one for one in submission.regions if one.class_name in by.terms[0].of):
        try:
            value = number_of(by, region, submission, titles)
        except LeftOpen:
            continue
        except NotMeasurable as error:
            return f"of {region.title}: {error}"
        found[_key(region)] = max(value, found.get(_key(region), value))
    return found


def _key(region: Region) -> str:
    """Tell an object from others: by its class and name, a region without a name by itself."""
    itself = f"{region.image_index}\x1f{region.number}\x1f{region.id}"
    return object_key(region.class_name, region.object_name or "") or itself
