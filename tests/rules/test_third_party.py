"""Rules that other packages register."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import guidelint.rules.catalogue as module
from guidelint.rules.area_limits import AreaLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class HouseRule(AreaLimits):
    """A rule of one house."""


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
