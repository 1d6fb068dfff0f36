"""Where a difference is, by titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from guidelint.language.form.places.places import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenGuideline
    from guidelint.language.text.tree import KeyPath

_TITLED: Final = {"classes": "", "attributes": "", "routes": "Route ", "when": "Criterion "}
"""Keys that have named parts beneath them, and what is said before a name without a title."""
_OPTIONS: Final = {"choose_one", "choose_many", "scale"}
_UNSAID: Final = {*_TITLED, *_OPTIONS, "rules"}


def where(path: KeyPath, old: WrittenGuideline, new: WrittenGuideline) -> str:
    """Name the place of a key by what stands above it; empty: it stands at the top."""
    return BETWEEN.join(_headings(path[:-1], old, new))


def _headings(path: KeyPath, old: WrittenGuideline, new: WrittenGuideline) -> Iterator[str]:
    here: list[Any] = [new, old]
    before = ""
    for step in map(str, path):
        here = [found for one in here if (found := _below(one, step)) is not None]
        title = next((getattr(one, "title", "") for one in here if isinstance(one, BaseModel)), "")
        if before in _TITLED:
            yield title or f"{_TITLED[before]}{step}"
        elif before in _OPTIONS:
            yield title or step
        elif step not in _UNSAID:
            yield step if before else step.replace("_", " ").capitalize()
        before = step


def _below(part: Any, step: str) -> Any:
    return part.get(step) if isinstance(part, dict) else getattr(part, step, None)
