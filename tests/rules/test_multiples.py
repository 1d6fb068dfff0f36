"""A limit that is a multiple of an image fact finds what the number finds that it comes to, under every rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from guidelint.rules.catalogue import catalogue
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.finding import Finding
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.parameters.multiple import TimesArea, TimesLength, TimesVolume
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.rule import Rule

THICKNESS_MM = 0.5
"""A power of two: multiples of it come to exactly the number."""
NEEDS_A_NAME = "an upper limit needs no name"
"""One that follows from all slices does."""
CASES = [
    pytest.param(rule, name, case, id=f"{rule.id()} {name}: {case.title}")
    for rule in catalogue().values()
    for name, amount in fields_of(rule, Amount).items()
    for case in rule.cases
    if amount.multiple not in {None, TimesVolume}  # test_volume_limits has images that state the depth of a voxel
    and isinstance(case.given.get(name), int | float)
    and case.given[name]
    and case.title != NEEDS_A_NAME
]


def as_multiple(rule: type[Rule], name: str, value: float) -> dict[str, object]:
    """Write a number as a multiple; an area by bounds, since a case need not know its pixels."""
    form = fields_of(rule, Amount)[name].multiple
    if form is TimesArea:
        return {"times": 0.001, "of": "pixel_area", "at_least": value}
    assert form is TimesLength
    return {"times": value / THICKNESS_MM, "of": "slice_thickness"}


def findings(rule: type[Rule], case: Case, given: dict[str, Any]) -> list[Finding]:
    plan = plan_of(rule.model_validate_json(msgspec.json.encode(given)))
    fold, found = Fold(plan), list[Finding]()
    for submission in map(on_thick_slices, submissions_of(case)):
        found.extend(judge(plan, submission).findings)
        fold.add(submission)
    found.extend(finding for verdict in fold.verdicts() for finding in verdict.findings)
    return found


def on_thick_slices(submission: Submission) -> Submission:
    image = submission.image
    return replace(submission, image=replace(image, place=replace(image.place, thickness_mm=THICKNESS_MM)))


def departures(found: list[Finding]) -> set[tuple[str, tuple[tuple[str, object], ...]]]:
    """What departs, whichever of the slices tells it."""
    return {
        (one.kind, tuple((name, item) for name, item in one.evidence.items() if not name.endswith("_from")))
        for one in found
        if one.outcome == "departs"
    }


@pytest.mark.parametrize(("rule", "name", "case"), CASES)
def test_it_finds_what_its_number_finds(rule: type[Rule], name: str, case: Case) -> None:
    value = case.given[name]
    assert isinstance(value, int | float)
    numbered = findings(rule, case, dict(case.given))
    multiple = findings(rule, case, {**case.given, name: as_multiple(rule, name, value)})
    assert departures(multiple) == departures(numbered)
    assert any(one.outcome == "cannot-evaluate" for one in multiple) is any(
        one.outcome == "cannot-evaluate" for one in numbered
    )
    limits = [item for one in multiple for item in one.evidence.values() if isinstance(item, Quantity)]
    assert {type(item.value) for item in limits} <= {float, int}
