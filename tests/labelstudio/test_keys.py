"""Which keys the compiled class buttons have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guidelint.labelstudio.config.keys import FIND_KEY, MANY, hotkeys
from guidelint.labelstudio.config.tags import UNTYPED
from guidelint.language.form.guideline import ClassDefinition

if TYPE_CHECKING:
    from guidelint.annotation.tool import Tool

EDITORS_OWN = {*"hoemkwprvbu[]", "shift+r", "shift+1", "shift+2"}
"""Keys of Label Studio 1.23.2: its tools, unselecting a region, rotated boxes, zoom."""


def classes(number: int, *draw: Tool, **first: str) -> dict[str, ClassDefinition]:
    item = ClassDefinition(title="Mass", definition="Something.", draw=draw)
    return {f"c{index}": item.model_copy(update=first if index == 0 else {}) for index in range(number)}


def typed(number: int, *draw: Tool, **first: str) -> list[str]:
    return [key for key in hotkeys(classes(number, *draw, **first)).values() if key != UNTYPED]


@pytest.mark.parametrize(("number", "with_keys"), [(1, 1), (24, 24), (25, 25), (60, 25)])
def test_classes_of_one_tool_have_digits_then_letters_then_none(number: int, with_keys: int) -> None:
    keys = typed(number, "polygon")
    assert keys[:3] == ["1", "2", "3"][:number]
    assert len(set(keys)) == len(keys) == with_keys
    assert not set(keys) & EDITORS_OWN


@pytest.mark.parametrize("number", [1, 13, 15, 16, 40])
def test_a_second_tool_has_the_letter_of_the_first_with_shift(number: int) -> None:
    found = hotkeys(classes(number, "polygon", "rectangle"))
    pairs = [(found[f"c{index}", "polygon"], found[f"c{index}", "rectangle"]) for index in range(number)]
    shifted = [pair for pair in pairs if pair[1] != UNTYPED]
    assert all(second == f"shift+{first}" for first, second in shifted)
    assert len(shifted) == min(number, 15 if number < MANY else 14)
    assert sum(first != UNTYPED for first, _ in pairs) == min(number, 25)
    keys = [key for pair in pairs for key in pair if key != UNTYPED]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & EDITORS_OWN


def test_the_key_that_finds_a_class_is_no_classs_own() -> None:
    assert FIND_KEY in typed(MANY - 1, "polygon", "rectangle")
    assert FIND_KEY not in typed(MANY, "polygon", "rectangle")


def test_further_tools_have_no_key() -> None:
    found = hotkeys(classes(1, "ellipse", "polygon", "brush", "bitmask"))
    assert list(found.values()) == ["q", "shift+q", UNTYPED, UNTYPED]


def test_an_authors_key_stays_with_the_preferred_tool_and_goes_to_nobody_else() -> None:
    found = hotkeys(classes(15, "rectangle", "polygon", hotkey="A"))
    assert (found["c0", "rectangle"], found["c0", "polygon"]) == ("a", "shift+a")
    assert list(found.values()).count("a") == 1


@pytest.mark.parametrize("key", ["5", "r", "ü"])
def test_an_authors_key_whose_shift_means_something_else_has_none_for_the_second_tool(key: str) -> None:
    assert list(hotkeys(classes(1, "polygon", "rectangle", hotkey=key)).values()) == [key, UNTYPED]
