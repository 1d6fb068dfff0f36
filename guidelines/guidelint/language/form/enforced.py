"""Where what an author writes is enforced; it stands with the key, so that no key is without an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from guidelint.validation.rule.parameters.meaning import Meaning
from guidelint.validation.rule.scope import Moment

if TYPE_CHECKING:
    from collections.abc import Mapping

Place: TypeAlias = Literal["in the editor", "before submit", "at intake", "by people only", "later", "nothing"] | Moment
"""``later``: no program does it yet, people do meanwhile. ``nothing``: it only says something."""
Ability = Literal[
    "answer forbidden",
    "answer of a question",
    "answer required",
    "answer required of what waits",
    "classes of a tool",
    "classes of an image",
    "classes to choose",
    "images of a task",
    "length of a text",
    "looks of a class",
    "nothing handed in",
    "number of regions",
    "pictures of a text",
    "question of a class",
    "question of an image",
    "question that waits",
    "range of a number",
    "readers of a task",
    "several classes of a region",
    "view of an image",
    "who works",
]
"""What an annotation tool may be able to hold annotators to by itself; the tool's own table says whether it is."""


@dataclass(frozen=True, slots=True)
class EnforcedBy(Meaning):
    """Who sees to it that work is as a key says, for whatever stands beneath the key too."""

    place: Place | None = None
    """Where, beside what rules and tool do; None: they do all of it."""
    how: str = ""
    """By what, in words."""
    rules: tuple[str, ...] = ()
    """Rules that judge it."""
    tool: Ability | None = None
    """What the annotation tool does about it, if it can."""
    each: bool = False
    """Whether every key beneath it is a statement of its own."""


_IN_WORDS: Final[Mapping[Place, str]] = {
    "nothing": "nothing to enforce",
    "later": "by people only until a program does",
}


def place_in_words(place: Place) -> str:
    """Say of a place what people read."""
    return _IN_WORDS.get(place, place)


IDENTIFIES: Final = EnforcedBy("nothing", "it says which guideline this is")
READ: Final = EnforcedBy("by people only", "annotators read it")
MEASURED: Final = EnforcedBy("on submit", "whatever is measured takes it into account")
ROUTED: Final = EnforcedBy("on submit", "the service does it when a criterion escalates")
ESCALATES: Final = EnforcedBy("on submit", "the criterion takes it into account")
DRAWN_AS: Final = EnforcedBy(tool="looks of a class")


def later(how: str, tool: Ability | None = None) -> EnforcedBy:
    """Say of everything beneath a key that no program does it yet, and what is lacking."""
    return EnforcedBy("later", how, tool=tool, each=True)


def by_people(how: str, tool: Ability | None = None) -> EnforcedBy:
    """Say of everything beneath a key who sees to it."""
    return EnforcedBy("by people only", how, tool=tool, each=True)


AT_INTAKE: Final = later("images are not yet looked at as they come in")
USED: Final = EnforcedBy("nothing", "it counts where it is used")
