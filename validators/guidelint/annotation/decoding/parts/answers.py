"""Answers put together: by what they are about, and where several say something of one question."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.annotation.region import Answer


def together(answers: Iterable[Answer]) -> dict[str, Answer]:
    """Answers by attribute; what several items say of one attribute is one answer with all their values."""
    by_attribute: dict[str, list[Answer]] = {}
    for answer in answers:
        by_attribute.setdefault(answer.attribute, []).append(answer)
    return {attribute: _joined(*said) for attribute, said in by_attribute.items()}


def about_images(answers: Iterable[Answer]) -> tuple[dict[str, Answer], dict[int, dict[str, Answer]]]:
    """Answers about the task as a whole by attribute, and those about single images of it by image."""
    of_item: dict[int | None, list[Answer]] = defaultdict(list)
    for answer in answers:
        of_item[answer.item].append(answer)
    whole = together(of_item.pop(None, ()))
    return whole, {item: together(said) for item, said in of_item.items() if item is not None}


def _joined(first: Answer, *others: Answer) -> Answer:
    if not others:
        return first
    new = dict.fromkeys(value for other in others for value in other.values)
    for value in first.values:
        new.pop(value, None)
    return replace(first, values=(*first.values, *new))
