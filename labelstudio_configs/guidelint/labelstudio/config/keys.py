"""Keys that select a class: a letter for the tool it prefers, Shift and the same letter for the second one."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, Final, TypeVar

from guidelint.labelstudio.config.tags import UNTYPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.annotation.tool import Tool
    from guidelint.language.form.guideline import ClassDefinition

K = TypeVar("K")
"""What tells one button of a class from another."""
LETTERS: Final = "qasdfgzxcyijltn"
"""Letters that the editor's own tools leave free (taken: h o e m k w p r v b u), without Shift and with it."""
DIGITS: Final = "1234567890"
"""With Shift they are the editor's, or other signs."""
MANY: Final = 16
"""From so many classes on, a field to find one stands above them."""
FIND_KEY: Final = "shift+f"
"""Key that goes to that field."""
_SHIFT_TAKEN: Final = "r"
"""Shift and this letter draw a rotated box."""


def hotkeys(classes: Mapping[K, ClassDefinition]) -> dict[tuple[K, Tool], str]:
    """Class and tool → key, ``UNTYPED`` where none is left: the guideline's own, then free ones in order.

    Where classes have two tools their keys are letters: with Shift, a digit is another sign on most keyboards.
    """
    taken = _SHIFT_TAKEN + FIND_KEY[-1] if len(classes) >= MANY else _SHIFT_TAKEN
    shared = [name for name, item in classes.items() if len(item.draw) > 1]
    own = {name: item.hotkey.lower() for name, item in classes.items() if item.hotkey}
    first = own | _free(own, shared, "".join(letter for letter in LETTERS if letter not in taken))
    first |= _free(first, classes, DIGITS + LETTERS if not shared else LETTERS + DIGITS)
    return dict(_by_tool(classes, first, taken))


def _free(given: Mapping[K, str], names: Iterable[K], keys: str) -> dict[K, str]:
    free = [key for key in keys if key not in given.values()]
    return dict(zip((name for name in names if name not in given), free, strict=False))


def _by_tool(
    classes: Mapping[K, ClassDefinition], first: Mapping[K, str], taken: str
) -> Iterator[tuple[tuple[K, Tool], str]]:
    for name, item in classes.items():
        key = first.get(name, UNTYPED)
        shifted = f"shift+{key}" if key in ascii_lowercase and key not in taken else UNTYPED
        for tool, its_key in zip(dict.fromkeys(item.draw), (key, shifted, *[UNTYPED] * len(item.draw)), strict=False):
            yield (name, tool), its_key
