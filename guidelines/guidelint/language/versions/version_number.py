"""Which number of a version must move, and whether it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.versions.effect import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.language.versions.effect import Effect, Number

Numbers = tuple[int, int, int]
_BEFORE_THE_FIRST: Final = 0
"""Of version 0.y.z what breaks moves y, and everything else z, as usual before a first release."""


def numbers(version: str) -> Numbers:
    """Take a version apart."""
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch


def gravest(effects: Iterable[Effect]) -> Number | None:
    """Name the number that must move for all of them; None: nothing changes."""
    moved = {effect.moves for effect in effects}
    return next((number for number in NUMBERS if number in moved), None)


def least(old: str, moves: Number | None) -> str:
    """Give the lowest version that may follow."""
    major, minor, patch = numbers(old)
    match _moved(major, moves):
        case "major":
            return f"{major + 1}.0.0"
        case "minor":
            return f"{major}.{minor + 1}.0"
        case "patch":
            return f"{major}.{minor}.{patch + 1}"
        case None:
            return old


def may_follow(old: str, new: str, moves: Number | None) -> bool:
    """Whether a version may follow another one: the number that must move did, or one before it."""
    return numbers(new) >= numbers(least(old, moves))


def moved_number(old: str, new: str) -> Number | None:
    """Name the number in which two versions differ, the first that does; None: they are one."""
    pairs = zip(numbers(old), numbers(new), strict=True)
    return next((number for number, (there, here) in zip(NUMBERS, pairs, strict=True) if there != here), None)


def _moved(major: int, moves: Number | None) -> Number | None:
    if major > _BEFORE_THE_FIRST or moves is None:
        return moves
    return "minor" if moves == "major" else "patch"
