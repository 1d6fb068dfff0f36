"""What a guideline allows the things to be that conditions depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.region import ORIGINS
from guidelint.language.lint.conditions.alternatives import (
    MODALITY,
    SOURCE,
    SPACING,
    TIME_POINT,
    Alternative,
    Thing,
    Values,
)
from guidelint.language.lint.numbers.answers import answers_of
from guidelint.language.lint.numbers.interval import POSITIVE, interval_between

if TYPE_CHECKING:
    from guidelint.language.lint.draft import Draft


def allowed(draft: Draft) -> Alternative:
    """Say of everything that the guideline limits what it may be."""
    return draft.once(_allowed)


def _allowed(draft: Draft) -> Alternative:
    written = draft.written
    found: dict[Thing, Values] = {SOURCE: frozenset(ORIGINS)}
    for name, question in written.attributes.items():
        if question.kind == "number":
            found["number", name] = interval_between(*answers_of(question))
        elif question.kind in {"choice", "scale"}:
            found["answer", name] = frozenset(question.options)
    if written.images.modality:
        found[MODALITY] = frozenset(written.images.modality)
    if written.images.time_points:
        found[TIME_POINT] = frozenset(name.casefold() for name in written.images.time_points)
    if (spacing := written.images.pixel_spacing) is not None:
        found[SPACING] = interval_between(spacing.min_mm, spacing.max_mm).meet(POSITIVE)
    return found
