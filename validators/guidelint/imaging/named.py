"""What a guideline says of a named image, beside what the task data say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guidelint.imaging.facts import ImageFacts
    from guidelint.imaging.keys import NamedImage


def as_named(facts: ImageFacts, image: NamedImage) -> ImageFacts:
    """Add what the guideline states of an image; where the task data tell otherwise, the fact is not known."""
    told: dict[str, str | None] = {name: getattr(facts, name) for name, _ in image.stated}
    otherwise = {
        name: f"the guideline says {value} of {image.title}, the task data {told[name]}"
        for name, value in image.stated
        if (told[name] or value).casefold() != value.casefold()
    }
    stated: dict[str, Any] = {name: None if name in otherwise else value for name, value in image.stated}
    unknown = {name: why for name, why in facts.unknown.items() if name not in stated} | otherwise
    return replace(facts, named=image, contradicted={**facts.contradicted, **otherwise}, unknown=unknown, **stated)
