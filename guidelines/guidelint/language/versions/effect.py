"""What a change of a guideline does to work that exists, and which number of the version it moves."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

Group = Literal["breaking", "verdicts", "new", "words"]
GROUPS: Final[tuple[Group, ...]] = get_args(Group)
"""The gravest first."""
Number = Literal["major", "minor", "patch"]
NUMBERS: Final[tuple[Number, ...]] = get_args(Number)


class Effect(NamedTuple):
    """What a change does."""

    group: Group
    moves: Number
    because: str
    """Why that number moves."""


BREAKS: Final = Effect("breaking", "major", "stored work or the labeling config no longer fits")
RETURNS: Final = Effect("verdicts", "major", "work that was accepted may be returned")
JUDGES: Final = Effect("verdicts", "minor", "work may be judged otherwise, and none that was accepted is returned")
ADDS: Final = Effect("new", "minor", "something is new, and stored work fits and is judged as before")
WORDS: Final = Effect("words", "patch", "only words or looks differ")
