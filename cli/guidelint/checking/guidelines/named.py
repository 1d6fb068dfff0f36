"""What a task says of the guideline that it was annotated under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import text_of
from guidelint.labelstudio.writeback.columns import GUIDELINE as WRITTEN_BACK
from guidelint.labelstudio.writeback.columns import guidelines_by_annotator

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = ("guideline", "guideline_version")
"""Keys of the task data that name it: the first is what we tell people to write, the second what many have."""


@dataclass(frozen=True, slots=True)
class Named:
    """What is said; nothing: it is not said."""

    whole: tuple[str, ...] = ()
    """Of the work of everybody, each text as it stands."""
    of_annotators: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of the work of one, by the id."""
    judged_by: str = ""
    """By which the service judged the work when it was handed in; a choice where several are given, and no promise."""

    def of(self, annotator: str | None) -> tuple[str, ...]:
        """Tell what is said of the work of an annotator."""
        own = self.of_annotators.get(annotator or "", "")
        return (*self.whole, own) if own else self.whole

    @property
    def or_judged_for_each(self) -> Named:
        """The same, where nothing is said of anybody's work with the versions by which each one's was judged."""
        is_said = self.whole or self.of_annotators
        return self if is_said else replace(self, of_annotators=guidelines_by_annotator(self.judged_by))

    @property
    def or_judged_by(self) -> tuple[str, ...]:
        """What is said of the work of everybody; else, where nothing is said of anybody's, by which it was judged."""
        return self.whole or ((self.judged_by,) if self.judged_by and not self.of_annotators else ())


def named_in(data: Mapping[str, object], beside: tuple[str, ...] = ()) -> Named:
    """Find what names the guideline: keys of the data, and ``beside``: what a table says of the image."""
    whole, own = list(beside), dict[str, str]()
    for value in (data.get(key) for key in KEYS):
        if isinstance(value, Mapping):
            own.update(_texts(value))
        elif text := text_of(value).strip():
            whole.append(text)
    return Named(tuple(dict.fromkeys(whole)), own, text_of(data.get(WRITTEN_BACK)).strip())


def _texts(by_annotator: Mapping[object, object]) -> Iterator[tuple[str, str]]:
    return ((text_of(key), text) for key, value in by_annotator.items() if (text := text_of(value).strip()))
