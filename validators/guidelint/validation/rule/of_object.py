"""Whether a condition holds of an object that lies on several images, when all of them are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from operator import not_
from typing import TYPE_CHECKING, TypeVar

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.condition import size_limits, size_of
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.settled import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from guidelint.validation.rule.condition import Between, Condition, Situation


T = TypeVar("T", bool, float)


@dataclass(frozen=True, slots=True)
class Unsure:
    """Why something cannot be told."""

    reason: str
    is_left_open: bool = False
    """Whether that is since a question was left open that may be."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one region of an object shows of a condition; its sizes are compared when all regions are known."""

    own: tuple[bool | Unsure, ...]
    """Whether each thing that the condition asks for is so, but for sizes."""
    sizes: tuple[float | Unsure, ...] = ()
    """The sizes that it limits."""
    within: tuple[Look, ...] = ()
    """The same of each condition within it."""


def look(condition: Condition, it: Situation) -> Look:
    """Look at one region."""
    return Look(
        tuple(_known(ask) for ask in condition.asks(it, sizes=False)),
        tuple(_known(partial(_size, name, it)) for name, _ in size_limits(condition.size)),
        tuple(look(part, it) for _, part in condition.parts),
    )


def holds_of_object(condition: Condition, looks: Sequence[Look]) -> bool:
    """Whether it holds on any image of an object, whose largest sizes count. Raises NotMeasurable like a condition."""
    return any(settled((partial(_holds, condition, one, looks) for one in looks), bool))


def _holds(condition: Condition, one: Look, looks: Sequence[Look]) -> bool:
    return all(settled(_asks(condition, one, looks), not_))


def _asks(condition: Condition, one: Look, looks: Sequence[Look]) -> Iterator[Callable[[], bool]]:
    yield from (partial(_told, known) for known in one.own)
    for at, (_, limits) in enumerate(size_limits(condition.size)):
        yield partial(_is_within, limits, [other.sizes[at] for other in looks])
    within = [
        partial(_holds, part, one.within[at], [other.within[at] for other in looks])
        for at, (_, part) in enumerate(condition.parts)
    ]
    if condition.not_ is not None:
        yield partial(_not, within.pop())
    if within:
        yield partial(_any, within)


def _known(ask: Callable[[], T]) -> T | Unsure:
    try:
        return ask()
    except NotMeasurable as error:
        return Unsure(str(error), isinstance(error, LeftOpen))


def _told(known: T | Unsure) -> T:
    if isinstance(known, Unsure):
        raise LeftOpen(known.reason) if known.is_left_open else NotMeasurable(known.reason)
    return known


def _size(name: str, it: Situation) -> float:
    if it.region is None:
        raise NotMeasurable("it depends on the size of a region")
    return size_of(name, it.region)


def _is_within(limits: Between, sizes: Sequence[float | Unsure]) -> bool:
    return limits.holds(max(map(_told, sizes)))


def _any(asks: Sequence[Callable[[], bool]]) -> bool:
    return any(settled(asks, bool))


def _not(ask: Callable[[], bool]) -> bool:
    return not ask()
