"""Over what things are counted, and what is counted apart."""

from __future__ import annotations

from typing import Final, Literal, get_args

from guidelint.validation.rule.parameters.meaning import Meaning

Over = Literal["image", "series", "study", "patient"]
"""From the narrowest to the widest: each lies within one of the next."""
WIDER: Final[tuple[Over, ...]] = get_args(Over)


class CountedOver(Meaning):
    """Over what things are counted: the wider it is, the more a greatest number limits, the less a smallest asks."""

    __slots__ = ()


class CountedApart(Meaning):
    """A question for each answer to which things are counted by themselves: a greatest number limits less then."""

    __slots__ = ()
