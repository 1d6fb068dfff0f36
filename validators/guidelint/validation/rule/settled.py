"""Asking several things of which some cannot be told: one that decides does, whatever the others are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


def settled(asks: Iterable[Callable[[], T]], decides: Callable[[T], bool]) -> list[T]:
    """Ask one after the other, up to the first answer that decides, and give the answers: that one is the last.

    Raises NotMeasurable, as the first of which it cannot be told says it, where none decides.
    """
    answers: list[T] = []
    unknown: NotMeasurable | None = None
    for ask in asks:
        try:
            answers.append(ask())
        except NotMeasurable as error:
            unknown = unknown or error
            continue
        if decides(answers[-1]):
            return answers
    if unknown is not None:
        raise unknown
    return answers


def same(answers: Iterable[bool], otherwise: NotMeasurable) -> bool:
    """Give the answer that all give. Raises ``otherwise`` where they differ."""
    found = {*answers}
    if len(found) > 1:
        raise otherwise
    return found.pop()
