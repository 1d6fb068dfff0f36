"""A scale's row of buttons: its numbers, the words of both ends below, the words of the chosen step above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.config.escaping import markup
from guidelint.labelstudio.config.text_width import BELOW_PX, BESIDE_PX, END_PX, text_px

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.form.guideline import Option

_LEAST_PERCENT: Final = 30
"""Least share of the line that one end gets."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The words at both ends of a scale and how they share the line below its buttons."""

    first: str
    last: str

    @property
    def first_percent(self) -> int:
        """Share of the first, in steps of 10 that the style sheet knows."""
        first, both = text_px(self.first, END_PX), text_px(self.first + self.last, END_PX)
        return min(max(round(10 * first / max(both, 1)) * 10, _LEAST_PERCENT), 100 - _LEAST_PERCENT)

    def fit(self, width_px: int) -> bool:
        """Whether both fit on one line of this width."""
        shares = ((self.first, self.first_percent), (self.last, 100 - self.first_percent))
        return all(text_px(words, END_PX) * 100 <= percent * width_px for words, percent in shares)

    def style_classes(self) -> tuple[str, ...]:
        """Where the words need two lines."""
        if not self.fit(BELOW_PX):
            return ("gl-two-lines", "gl-two-lines-beside")
        return () if self.fit(BESIDE_PX) else ("gl-two-lines-beside",)


def ends_of(options: Mapping[str, Option]) -> Ends:
    """Give the words at both ends; a scale without steps has none."""
    titles = [option.title for option in options.values()] or [""]
    return Ends(titles[0], titles[-1])


def steps(options: Mapping[str, Option]) -> dict[str, str]:
    """Step → what its button holds."""
    percent, last = ends_of(options).first_percent, len(options)
    at_end = {last: ("last", 100 - percent), 1: ("first", percent)}
    return {key: _step(key, option, at_end.get(place)) for place, (key, option) in enumerate(options.items(), 1)}


def _step(key: str, option: Option, at_end: tuple[str, int] | None) -> str:
    words = markup(option.title)
    shown_as = f"gl-end gl-{at_end[0]} gl-end-{at_end[1]}" if at_end else ""
    end = f'<span class="{shown_as}" aria-hidden="true">{words}</span>' if at_end else ""
    return f'<b>{markup(key)}</b>{end}<span class="gl-chosen">{words}</span>'
