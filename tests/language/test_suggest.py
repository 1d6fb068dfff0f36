"""Mistyped names find what was meant."""

from __future__ import annotations

import random
import string

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


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one slip: a letter lost, doubled, replaced, or two swapped."""
    at = chance.randrange(len(name) - 1)
    letter = chance.choice(string.ascii_lowercase)
    slips = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return chance.choice(slips)


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


def test_nothing_is_suggested_for_something_else_entirely() -> None:
    assert closest("zebra", ["malignancy", "margin", "texture"]) is None


def test_spelling_apart_the_same_name_is_found() -> None:
    assert closest("Small_Nodule", ["nodule", "small-nodule"]) == "small-nodule"
    assert closest("polygons", ["polygon", "rectangle"]) == "polygon"
