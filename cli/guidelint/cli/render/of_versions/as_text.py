"""What changes from one version to another, for a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.terminal.visible import visible
from guidelint.language.versions.effect import GROUPS
from guidelint.language.versions.headings import HEADINGS, again_told, number_told, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.versions.comparison import Comparison


def as_text(found: Comparison) -> str:
    """Write each kind of change under its heading, the gravest first."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Comparison) -> Iterator[str]:
    yield visible(title(found))
    for group in GROUPS:
        if changes := found.of(group):
            yield f"\n{HEADINGS[group]}\n"
            yield from (f"  {visible(str(change))}" for change in changes)
    yield f"\n{visible(number_told(found))}"
    if again := again_told(found):
        yield again
