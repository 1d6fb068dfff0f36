"""Rules that other packages register."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import guidelint.rules.catalogue as module
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.validation.rule.names import Names
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.reply import Departure


class HouseRule(AreaLimits):
    """A rule of one house."""


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


def test_two_rules_of_one_id_are_refused(register: Callable[[object], None]) -> None:
    register(AreaLimits)
    with pytest.raises(TypeError, match="two rules are called area-limits"):
        module.catalogue()


def test_what_is_no_rule_is_refused(register: Callable[[object], None]) -> None:
    register("area-limits")
    with pytest.raises(TypeError, match="other_package:thing, which is no rule"):
        module.catalogue()
