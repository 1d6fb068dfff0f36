"""Sentences of a rule over the evidence of a departure."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from guidelint.validation.rule.digits import as_measured, as_written
from guidelint.validation.rule.evidence import LIMITS, WRITTEN, Quantity
from guidelint.validation.rule.limit import OfImage
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.rule.evidence import Evidence


DERIVED: Final = "derived"
"""Kind of a reply that tells a value which follows from others, and no departure."""
NOT_TOLD: Final = "not-told"
"""Kind of a reply that tells why such a value does not follow, and no departure."""


@dataclass(frozen=True, slots=True)
class Says:
    """What a rule says about one kind of departure: a sentence over the evidence, and what to do next."""

    text: str
    do: str = ""
    """For the annotator, who has the image open."""
    do_offline: str = ""
    """For whoever holds the file, where ``do`` speaks of what only the annotator can do; empty: the same."""
    of_first: bool = False
    """Whether the sentence reads on from the first region alone; it names the others itself, or need not."""
    names_all: bool = False
    """Whether the sentence itself names all that it is about, and reads on from no region."""
    leaves_nothing: bool = False
    """Whether a region that departs so has nothing to measure: other rules leave it out until it is drawn again."""
    beyond_reach: bool = False
    """Whether the image or an import is at fault, so that nothing done in the editor mends it."""
    of_absence: bool = False
    """Whether it says what is lacking in a subject, which a task that is still to come may have: then it waits."""
    tells_value: bool = False
    """Whether it tells a value and no departure: a note, whatever level or route the rule was given."""
    under_condition: str = ""
    """The sentence where a condition keeps some regions from being asked of; empty: ``text`` is true then, too."""

    def sentence(self, *, of_some: bool) -> str:
        """Give the sentence; ``of_some``: a condition picks the regions that the rule is asked of."""
        return (of_some and self.under_condition) or self.text


@dataclass(frozen=True, slots=True)
class MessagePart:
    """A piece of a message; evidence is what a renderer may stress."""

    text: str
    is_evidence: bool = False
    value: float | None = None
    """The number that it shows, if it shows a quantity."""
    readers: tuple[str, ...] = ()
    """Annotators that it names, by the ids under which they are known."""


def render(text: str, evidence: Mapping[str, Evidence]) -> tuple[MessagePart, ...]:
    """Fill a sentence with its evidence.

    A limit is written as its author wrote it; what was measured with as many decimals as it takes to see on which side
    of the limits in its unit it lies. Raises KeyError when the sentence names evidence that is not there.
    """
    return tuple(_shown(piece, evidence) if isinstance(piece, str) else piece for piece in _pieces(text))


def rendered(text: str, evidence: Mapping[str, Evidence]) -> str:
    """Fill a sentence with its evidence, as plain text."""
    return "".join(part.text for part in render(text, evidence))


@cache
def _pieces(text: str) -> tuple[MessagePart | str, ...]:
    """Take a sentence of a rule apart: what stands in it, and the names of the evidence between."""
    pieces: list[MessagePart | str] = []
    for literal, name, _, _ in string.Formatter().parse(text):
        pieces += ([MessagePart(literal)] if literal else []) + ([name] if name is not None else [])
    return tuple(pieces)


def _shown(name: str, evidence: Mapping[str, Evidence]) -> MessagePart:
    item = evidence[name]
    if isinstance(item, tuple):
        return readers_part(item, {})
    if not isinstance(item, Quantity):
        return MessagePart(str(item), is_evidence=True)
    others = _others(item, evidence, of_limits=name not in WRITTEN)
    number = as_written(item.value, others) if name in WRITTEN else as_measured(item.value, others)
    why = f" ({item.value.because})" if isinstance(item.value, OfImage) else ""
    shown = f"{number} {item.unit}{why}" if item.unit else f"{number}{why}"
    return MessagePart(shown, is_evidence=True, value=float(item.value))


def readers_part(readers: tuple[str, ...], names: Mapping[str, str]) -> MessagePart:
    """Name annotators, in the order given; ``names``: what they are called, by id."""
    named = (names.get(reader) or reader_called(reader) for reader in readers)
    return MessagePart(both(tuple(named)), is_evidence=True, readers=readers)


def reader_called(reader: str) -> str:
    """Call an annotator by a number what he is; names and addresses speak for themselves."""
    return f"annotator {reader}" if reader.isdecimal() else reader


def _others(item: Quantity, evidence: Mapping[str, Evidence], *, of_limits: bool) -> tuple[float, ...]:
    """Find what a number is compared with: limits in its unit, or for a limit what was measured."""
    return tuple(
        other.value
        for name, other in evidence.items()
        if isinstance(other, Quantity) and other.unit == item.unit and (name in LIMITS) == of_limits
    )
