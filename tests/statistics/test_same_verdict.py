"""Whether readers judge alike: Scott's pi, the conditional share, intervals over objects; LIDC-IDRI's readers."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from guidelint.statistics.same_verdict import ReadTwice, flips, same_verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def pairs(*told: tuple[int, bool, bool]) -> list[ReadTwice]:
    """So many pairs of readers, each of an object of its own."""
    several = [(one, other) for count, one, other in told for _ in range(count)]
    return [ReadTwice(str(unit), one, other) for unit, (one, other) in enumerate(several)]


def test_pi_is_that_of_scott() -> None:
    told = same_verdict(pairs((20, True, True), (5, True, False), (10, False, True), (15, False, False)))
    assert told is not None
    assert told.pi is not None
    assert told.other_too is not None
    agreed, yes = 35 / 50, 55 / 100
    by_chance = yes**2 + (1 - yes) ** 2
    assert told.pi.value == pytest.approx((agreed - by_chance) / (1 - by_chance))
    assert told.other_too.value == pytest.approx(40 / 55)
    assert told.yes == pytest.approx(yes)
    assert told.pi.low is not None
    assert told.pi.high is not None
    assert told.pi.low < told.pi.value < told.pi.high


def test_readers_who_always_agree_have_one_and_who_never_do_less_than_none() -> None:
    alike, apart = same_verdict(pairs((6, True, True), (6, False, False))), same_verdict(pairs((12, True, False)))
    assert alike is not None
    assert apart is not None
    assert alike.pi is not None
    assert (alike.pi.value, alike.pi.low, alike.pi.high) == (1.0, 1.0, 1.0)
    assert apart.pi is not None
    assert apart.pi.value == -1.0


def test_where_all_say_the_same_chance_would_too() -> None:
    told = same_verdict(pairs((12, False, False)))
    assert told is not None
    assert (told.pi, told.other_too, told.yes) == (None, None, 0.0)


def test_of_nothing_nothing_is_told_and_of_few_objects_no_interval() -> None:
    assert same_verdict([]) is None
    assert flips([]) is None
    told = flips(pairs((3, True, False), (6, True, True)))
    assert told is not None
    assert told.value == pytest.approx(1 / 3)
    assert (told.low, told.high) == (None, None)


def test_pairs_of_one_object_hang_together() -> None:
    """Ten objects of six pairs each say less than sixty objects of one pair."""
    apart = [ReadTwice(str(number), number % 3 == 0, number % 2 == 0) for number in range(60)]
    together = [ReadTwice(str(number % 10), pair.one, pair.other) for number, pair in enumerate(apart)]
    of_each, of_ten = same_verdict(apart), same_verdict(together)
    assert of_each is not None
    assert of_ten is not None
    assert (of_each.units, of_ten.units, of_each.pairs, of_ten.pairs) == (60, 10, 60, 60)
    assert of_each.pi is not None
    assert of_ten.pi is not None
    assert of_each.pi.value == of_ten.pi.value
    assert (of_each.pi.low, of_each.pi.high) != (of_ten.pi.low, of_ten.pi.high)


def test_the_order_of_pairs_does_not_matter() -> None:
    told = pairs((20, True, True), (5, True, False), (10, False, True), (15, False, False))
    assert same_verdict(told) == same_verdict(reversed(told))


def test_lidc_readers_agree_on_malignancy_and_on_diameters_as_was_measured_elsewhere(real_data: Path) -> None:
    of_nodule: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (real_data / "lidc/truth/annotations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            of_nodule[row["nodule"]].append(row)
    read = [(name, *pair) for name, rows in of_nodule.items() for pair in combinations(rows, 2)]
    read = [pair for pair in read if pair[1]["session"] != pair[2]["session"]]

    def judged(says: Callable[[dict[str, str]], bool]) -> list[ReadTwice]:
        return [ReadTwice(name, says(one), says(other)) for name, one, other in read]

    route = same_verdict(judged(lambda row: row["malignancy"] == "5"))
    assert route is not None
    assert route.pi is not None
    assert route.other_too is not None
    assert (round(route.pi.value, 2), round(route.other_too.value, 2)) == (0.29, 0.38)

    def long(row: dict[str, str]) -> float:
        return float(row["max_axial_diameter_mm"])

    for limit, share in ((6, 0.24), (8, 0.35), (10, 0.50)):
        near = [
            ReadTwice(name, long(one) < limit, long(other) < limit)
            for name, one, other in read
            if abs((long(one) + long(other)) / 2 - limit) <= 1.5
        ]
        flipped = flips(near)
        assert flipped is not None
        assert round(flipped.value, 2) == share
