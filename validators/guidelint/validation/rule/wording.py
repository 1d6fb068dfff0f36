"""Numbers, limits and lists as sentences for annotators write them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMED = 6
"""So many of many things are named in a sentence."""


class Worded:
    """A limit that sentences write in words of its own, and not as a plain number."""

    def told(self, unit: str) -> str:
        """Say it in words; ``unit`` is that of the numbers in it."""
        raise NotImplementedError(unit)


def number(value: float | Worded) -> str:
    """Write a number as an author would: no zero too many, no exponent."""
    if isinstance(value, Worded):
        return value.told("")
    return f"{Decimal(repr(value)).normalize():f}"


def measure(value: float | Worded, unit: str = "") -> str:
    """Write a number with its unit, which stay on one line."""
    if isinstance(value, Worded):
        return value.told(unit)
    return f"{number(value)}\N{NO-BREAK SPACE}{unit}" if unit else number(value)


def percent(fraction: float) -> str:
    """Write a share of a whole: 0.9 is 90 %."""
    return measure(times(100, fraction), "%")


def times(factor: float, value: float) -> float:
    """Multiply as on paper: 100 times 0.29 is 29."""
    return float(Decimal(repr(factor)) * Decimal(repr(value)))


def pixels(count: float) -> str:
    """Write a length in pixels, or a count of them."""
    return measure(count, "pixel" if count == 1 else "pixels")


def sentence(words: str) -> str:
    """Begin with a capital and end with a full stop."""
    return f"{words[:1].upper()}{words[1:]}."


def full_stop(words: str) -> str:
    """Give what a sentence lacks at its end."""
    return "" if words.endswith((".", "!", "?")) else "."


def unless_all(fraction: float) -> str:
    """Write a share of a whole, and nothing for all of it."""
    return "" if fraction == 1 else percent(fraction)


def either(words: Iterable[str]) -> str:
    """Join alternatives: A, B or C."""
    return _joined(words, "or")


def both(words: Iterable[str]) -> str:
    """Join what holds together: A, B and C."""
    return _joined(words, "and")


def both_and_either(words: Iterable[str], alternatives: Iterable[tuple[str, bool]]) -> str:
    """Join what holds together with alternatives, each with whether it joins several: A, and either B or (C and D)."""
    together, ways = both(words), tuple(alternatives)
    if not together and any(is_joined for _, is_joined in ways):
        return "; or ".join(way for way, _ in ways)
    each = either(f"({way})" if is_joined and len(ways) > 1 else way for way, is_joined in ways)
    between = ", and either " if len(ways) > 1 else " and "
    return between.join(filter(None, (together, each)))


def first_few(names: Sequence[str], count: int) -> str:
    """Name the first few of so many things, and say how many more there are."""
    named = names[:NAMED]
    more = count - len(named)
    return both((*named, *([f"{more} more"] if more else [])))


def _joined(words: Iterable[str], last: str) -> str:
    *first, end = tuple(words) or ("",)
    return f"{', '.join(first)} {last} {end}" if first else end


def bounds(least: float | None, most: float | None, unit: str = "", *, is_open: bool = False) -> str:
    """Say between which limits a number lies, without them where they are open; empty without a limit."""
    if least is not None and least == most and not is_open:
        return f"exactly {measure(least, unit)}"
    limits = (("more than", least), ("less than", most)) if is_open else (("at least", least), ("at most", most))
    return both(f"{word} {measure(limit, unit)}" for word, limit in limits if limit is not None)


def beyond(least: float | None, most: float | None, unit: str = "", *, is_open: bool = False) -> str:
    """Say beyond which limits a number lies, or at one where they are open; empty without a limit."""
    limits = (("at most", least), ("at least", most)) if is_open else (("under", least), ("over", most))
    return either(f"{word} {measure(limit, unit)}" for word, limit in limits if limit is not None)


def counted(least: int | None, most: int | None, things: tuple[str, str]) -> str:
    """Say how many there are to be, of things named as one and as several."""
    if most == 0:
        return f"no {things[0]}"
    last = most if most is not None else least
    return f"{bounds(least or None, most)} {things[last != 1]}".strip()


def miscounted(least: int | None, most: int | None, things: tuple[str, str]) -> str:
    """Say how many there are when they are too few or too many."""
    one, several = things
    few = [f"no {one}" if least == 1 else f"fewer than {least} {several}"] if least else []
    many = [f"at least 1 {one}" if not most else f"more than {most} {things[most != 1]}"] if most is not None else []
    return either((*few, *many))
