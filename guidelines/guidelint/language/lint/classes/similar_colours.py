"""Two classes have colours that nobody can tell apart."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the colours that are chosen; equal ones are told as such."""
    chosen: list[tuple[str, str]] = []
    for name, part in draft.written.classes.items():
        if part.color is None:
            continue
        for other, color in chosen:
            if color != part.color and _distance(color, part.color) < _LEAST:
                message = f"`{name}` has nearly the colour of `{other}`, `{color}`, and nobody can tell the two apart"
                yield Flaw(
                    message, ("classes", name, "color"), "Choose another one, or delete the line: one is chosen."
                )
                break
        chosen.append((name, part.color))


def _distance(one: str, other: str) -> float:
    """Distance as the eye sees it, roughly: green counts most (see compuphase.com/cmetric.htm)."""
    (red, green, blue), (red2, green2, blue2) = (bytes.fromhex(color[1:]) for color in (one, other))
    mean = (red + red2) / 512
    return sqrt((2 + mean) * (red - red2) ** 2 + 4 * (green - green2) ** 2 + (3 - mean) * (blue - blue2) ** 2)


_LEAST: Final = 45.0
"""Black and white lie 765 apart, neighbours on a wheel of sixteen hues some 100."""


LINT = Lint(
    code="similar-colours",
    level="warning",
    means="Two classes have colours that nobody can tell apart.",
    why=(
        "Regions are told apart by their colour while somebody draws. Left out, each class gets one that differs "
        "from the others."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, color: '#e53935'}
  organ: {title: Organ, definition: The organ around it., draw: polygon, color: '#e33b37'}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, color: '#e53935'}
  organ: {title: Organ, definition: The organ around it., draw: polygon, color: '#1e88e5'}
""",
    find=find,
)
