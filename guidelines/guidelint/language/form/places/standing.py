"""Where a guideline stands in its life, for people; one that is released need not say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.guideline import Guideline

_STANDING: Final[Mapping[str, str]] = {
    "draft": "a draft: it is not released, and may still change",
    "in-review": "in review: it is not released, and may still change",
    "retired": "retired: no new work follows it",
}


def standing(guideline: Guideline) -> str:
    """Say where it stands, after "is"; empty for one that is released."""
    return _STANDING.get(guideline.status, "")
