"""What was not judged because of the format that work came in, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.carried import WORDS
from guidelint.cli.render.terminal.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.checking.counting.formats import Formats
    from guidelint.cli.render.terminal.ink import Ink


def formats_text(formats: Formats, ink: Ink) -> Iterator[str]:
    """Say for each format once which rules it cannot feed and why, and whether the guideline takes it."""
    for file in formats.limited:
        if file.refusal:
            yield f"{'Not taken':<14}{ink(visible(formats.called(file)), 'magenta')}: {file.refusal}. {file.remedy}"
        if file.not_judged:
            named = ", ".join(one.rule for one in file.not_judged)
            under = f" under {visible(file.guideline)}" if formats.called(file) != file.format_name else ""
            yield f"{'Not judged':<14}{len(file.not_judged)} here{under}: {named}"
            lacks: dict[Carried, None] = dict.fromkeys(lack for one in file.not_judged for lack in one.lacks)
            words = "; ".join(WORDS[lack] for lack in lacks)
            yield f"{'':<14}{file.format_title} does not carry: {words}"
