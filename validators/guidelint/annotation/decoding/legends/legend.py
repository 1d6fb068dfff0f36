"""A legend: which label each value or colour of a mask stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from guidelint.annotation.decoding.files.format_error import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NOTHING_THERE = frozenset({"background", "_background_", "clear label", "unlabeled", "unlabelled", "unknown", "none"})
"""What tools call pixels that belong to nothing; capitals do not count."""
MOST_ENTRIES = 65_536
"""Most values of a legend: all that 16 bits can tell apart."""
_CHANNEL = 8


class Entry(NamedTuple):
    """One line of a legend."""

    label: str
    value: int | None = None
    colour: int | None = None
    """As 0xRRGGBB."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What a legend says; an empty label means that nothing is there."""

    name: str
    """Its file, for people."""
    values: Mapping[int, str]
    colours: Mapping[int, str] = field(default_factory=dict[int, str])
    """By colour as 0xRRGGBB."""
    annotator: str = ""
    """Who painted; empty: it does not say."""
    folder: Path | None = None
    """Where it stands, if it was found beside the masks."""

    of_zero: str | None = field(init=False)
    of_black: str | None = field(init=False)
    """Empty where the legend names no other background."""

    def __post_init__(self) -> None:
        """Look once whether the background is named."""
        for name, names in (("of_zero", self.values), ("of_black", self.colours)):
            object.__setattr__(self, name, names.get(0, None if "" in names.values() else ""))

    def of_value(self, value: int) -> str | None:
        """Label of a value; empty: nothing is there; None: the legend does not name it."""
        return self.values.get(value) if value else self.of_zero

    def of_colour(self, colour: int) -> str | None:
        """Label of a colour, in the same way."""
        return self.colours.get(colour) if colour else self.of_black


def legend_of(entries: Iterable[Entry], name: str, annotator: str = "") -> Legend:
    """Put a legend together. Raises FormatError where one value has two labels, or there is none, or too many.

    Tools that name values give several of them one colour: such a colour then means nothing.
    """
    values: dict[int, str] = {}
    colours: dict[int, str] = {}
    unclear = set[int]()
    for count, entry in enumerate(entries):
        if count >= MOST_ENTRIES:
            raise FormatError(f"it names more than {MOST_ENTRIES:,} values, the most that are read")
        label = "" if entry.label.casefold() in NOTHING_THERE else entry.label
        if not entry.label:
            raise FormatError(f"{_told(entry)} has no label")
        if entry.value is not None and values.setdefault(entry.value, label) != label:
            raise FormatError(_two_labels(entry, values[entry.value]))
        if entry.colour is not None and colours.setdefault(entry.colour, label) != label:
            if entry.value is None:
                raise FormatError(_two_labels(entry, colours[entry.colour]))
            unclear.add(entry.colour)
    if not any((*values.values(), *colours.values())):
        raise FormatError("it names no value and no colour of anything but the background")
    return Legend(name, values, {key: label for key, label in colours.items() if key not in unclear}, annotator)


def _two_labels(entry: Entry, first: str) -> str:
    return f"{_told(entry)} has two labels, {first or 'background'} and {entry.label}"


def _told(entry: Entry) -> str:
    return f"the colour {in_words(entry.colour)}" if entry.value is None else f"the value {entry.value}"


def in_words(colour: int | None) -> str:
    """Write a colour as its red, green and blue."""
    return ",".join(str((colour or 0) >> shift & 255) for shift in (2 * _CHANNEL, _CHANNEL, 0))
