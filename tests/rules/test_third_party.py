"""Rules that other packages register."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import pytest

import guidelint.rules.catalogue as module
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import SMALLEST, with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.rules.structure.unique_region_ids import UniqueRegionIds
from guidelint.validation.rule.names import Names
from guidelint.validation.rule.parameters.amount import LengthMm
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.naming import ClassName, QuestionOf, Within
from guidelint.validation.scopes.region import RegionRule
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure


class HouseRule(AreaLimits):
    """A rule of one house."""


class HouseIds(UniqueRegionIds):
    """Always on, as the rule that it is made from."""


class SilentRule(RegionRule):
    """An outline has enough vertices to follow a border."""

    least: int = 8
    """Fewest vertices."""

    def check(self, region: Region) -> Iterator[Departure]:
        yield from ()


def test_a_rule_that_tells_annotators_nothing_is_told_by_its_documentation_and_the_numbers_given_to_it() -> None:
    rule = SilentRule(least=4)
    told = "An outline has enough vertices to follow a border. Fewest vertices: 4."
    assert SilentRule().told(Names()) == "An outline has enough vertices to follow a border."
    assert rule.told(Names()) == told
    assert rule.told_if(Names()) == f"this is not so: {told}".removesuffix(".")


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[object], None]]:
    def registered(thing: object) -> None:
        package = ModuleType("other_package")
        package.__dict__["thing"] = thing
        monkeypatch.setitem(sys.modules, "other_package", package)
        entry = EntryPoint("thing", "other_package:thing", "guidelint.rules")

        def entry_points(group: str) -> list[EntryPoint]:
            return [entry] if group == entry.group else []

        monkeypatch.setattr(module, "entry_points", entry_points)
        module.catalogue.cache_clear()

    yield registered
    module.catalogue.cache_clear()


def test_a_registered_rule_stands_beside_the_others(register: Callable[[object], None]) -> None:
    register(HouseRule)
    assert module.catalogue()["house-rule"] is HouseRule
    assert module.catalogue()["area-limits"] is AreaLimits


def test_a_registered_rule_that_is_always_on_is_judged_wherever_it_has_that_from(
    register: Callable[[object], None],
) -> None:
    register(HouseIds)
    plan = compile_plan(load(SMALLEST), module.catalogue())
    assert "house-ids" in {check.rule.id() for check in plan.checks}


def test_two_rules_of_one_id_are_refused(register: Callable[[object], None]) -> None:
    register(AreaLimits)
    with pytest.raises(TypeError, match="two rules are called area-limits"):
        module.catalogue()


def test_what_is_no_rule_is_refused(register: Callable[[object], None]) -> None:
    register("area-limits")
    with pytest.raises(TypeError, match="other_package:thing, which is no rule"):
        module.catalogue()


class Beside(SubmissionRule):
    """Regions of one class lie beside those of another."""

    inner: Annotated[ClassName, Within("outer")]
    """Class on the one side."""
    outer: ClassName
    """Class on the other side."""
    answered: Annotated[str, QuestionOf(about="image")] = ""
    """Question about the image."""
    near_mm: Annotated[LengthMm, Lower("distance")] | None = None
    """Smallest distance in mm."""
    far_mm: Annotated[LengthMm, Upper("distance")] | None = None
    """Largest distance in mm."""

    def check(self, submission: Submission) -> Iterator[Departure]:
        yield from ()


@pytest.mark.parametrize(
    ("parameters", "message", "remedy"),
    [
        ("inner: lesion, outer: lesoin, far_mm: 3", "`lesoin` is not a class", "Did you mean `lesion`?"),
        (
            "inner: cyst, outer: lesion, near_mm: 9, far_mm: 3",
            "nothing lies between `near_mm: 9` and `far_mm: 3`",
            "`near_mm` must not be greater than `far_mm`.",
        ),
        (
            "inner: lesion, outer: lesion, far_mm: 3",
            "`lesion` would have to lie inside `lesion`, which is itself and always so",
            "Name the class around it.",
        ),
        (
            "inner: cyst, outer: lesion, far_mm: 3000000",
            "`far_mm: 3000000` is 3 km, more than anybody means",
            "Check the number and its unit: from 0.0002 to 3000 mm is believed.",
        ),
        (
            "inner: cyst, outer: lesion, answered: kind, far_mm: 3",
            "`kind` asks `lesion`, and a question about the whole image is wanted",
            "Name a question with `of: image`.",
        ),
        ("inner: cyst, outer: lesion", "`beside` is given no limit", "Give it one of `near_mm`, `far_mm`."),
        ("inner: cyst, outer: lesion, far_mm: -3", "`far_mm` must be at least 0, not -3", "at least 0."),
    ],
)
def test_a_registered_rule_is_refused_in_the_same_words(
    register: Callable[[object], None], parameters: str, message: str, remedy: str
) -> None:
    register(Beside)
    part = (
        "classes:\n"
        "  lesion: {title: Lesion, definition: d, draw: polygon}\n"
        "  cyst: {title: Cyst, definition: d, draw: polygon}\n"
        "attributes:\n"
        "  kind: {title: Kind, of: lesion, choose_one: {round: Round, flat: Flat}}\n"
        f"relations: {{sides: {{beside: {{{parameters}}}}}}}\n"
    )
    with pytest.raises(GuidelineProblems) as refused:
        load(with_part(part), catalogue=module.catalogue())
    (problem,) = refused.value.problems
    assert problem.message == message
    assert remedy in problem.help
