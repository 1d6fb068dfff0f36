"""Mistyped names find what was meant."""

from __future__ import annotations

import random

from tests.bench.slips import in_guidelines, mistyped, of_labels, suggested

from guidelint.language.library import find
from guidelint.language.text.suggest import closest
from guidelint.rules.catalogue import catalogue

GUIDELINE = find("lung-nodule-ct")
FAMILIES = [
    tuple(catalogue()),
    tuple(GUIDELINE.classes),
    tuple(GUIDELINE.attributes),
    ("title", "definition", "includes", "excludes", "draw", "border", "color", "hotkey", "codes", "count", "rules"),
    ("polygon", "rectangle", "ellipse", "keypoint", "brush", "bitmask", "vector"),
]


def test_at_least_95_of_100_slips_are_understood() -> None:
    chance = random.Random(20)
    asked = understood = 0
    for _ in range(40):
        for family in FAMILIES:
            for name in family:
                slip = mistyped(name, chance)
                if slip in family:
                    continue
                asked += 1
                understood += closest(slip, family) == name
    assert asked > 2000
    assert understood / asked >= 0.95


def test_a_slip_in_a_guideline_is_told_with_what_was_meant_first() -> None:
    slips = list(in_guidelines(40, random.Random(8)))
    assert sum(suggested(told) == meant for meant, _, told in slips) >= 0.95 * len(slips)


def test_a_slip_in_a_label_is_told_with_the_title_that_was_meant() -> None:
    slips = list(of_labels(1_000, random.Random(8)))
    assert sum(f"“{meant}”" in told for meant, _, told in slips) >= 0.95 * len(slips)


def test_signs_tell_names_of_the_same_letters_apart() -> None:
    assert closest("Noduel < 3 mm", ["Nodule ≥ 3 mm", "Nodule < 3 mm"]) == "Nodule < 3 mm"


def test_nothing_is_suggested_for_something_else_entirely() -> None:
    assert closest("zebra", ["malignancy", "margin", "texture"]) is None


def test_spelling_apart_the_same_name_is_found() -> None:
    assert closest("Small_Nodule", ["nodule", "small-nodule"]) == "small-nodule"
    assert closest("polygons", ["polygon", "rectangle"]) == "polygon"
