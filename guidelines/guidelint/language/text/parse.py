"""Text to tree, guarded: a text from anywhere is read in bounded time and memory, or refused with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from guidelint.language.text.foreign import foreign
from guidelint.language.text.grower import Grower, Refused
from guidelint.language.text.problem import Problem
from guidelint.language.text.span import START, Span
from guidelint.language.text.syntax import in_our_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.tree import Node

MAX_BYTES = 1024 * 1024
_BEGIN = "Begin with `guidelint: 1`; `guidelint explain empty-file` shows a whole guideline."
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, unless the text has none, and what is wrong with the text as YAML."""

    root: Node | None
    problems: tuple[Problem, ...]


def parse(text: str) -> Parsed:
    """Read one YAML document. Never raises for any text."""
    grower = Grower()
    try:
        _guard(text)
        for event in _events(text):
            grower.take(event)
    except Refused as refused:
        return Parsed(None, (*grower.problems, refused.problem))
    except yaml.YAMLError as error:
        return Parsed(None, _unreadable(error, text, grower.problems))
    if grower.swallowing and (problem := _swallowed(text.removeprefix("\ufeff"), grower.swallowing)) is not None:
        return Parsed(None, (problem,))
    if grower.root is None:
        return Parsed(None, (*grower.problems, Problem("empty-file", "the file holds no guideline", START, _BEGIN)))
    return Parsed(grower.root, tuple(grower.problems))


def _unreadable(error: yaml.YAMLError, text: str, before: list[Problem]) -> tuple[Problem, ...]:
    """Tell the slip that stopped the parser, and what was found in other lines before."""
    problem = _slip(error, text.removeprefix("\ufeff")) or in_our_words(error)
    return (*(other for other in before if other.line != problem.line), problem)


def _slip(error: yaml.YAMLError, text: str) -> Problem | None:
    if not isinstance(error, yaml.MarkedYAMLError) or "nesting" in str(error.problem):
        return None
    from guidelint.language.text.slips.likely import likely_slip  # noqa: PLC0415 - a sound text needs none of the slips

    return likely_slip(error, text)


def _swallowed(text: str, swallowing: list[Span]) -> Problem | None:
    from guidelint.language.text.slips.swallowed import swallowed  # noqa: PLC0415 - as above

    return swallowed(text, swallowing)


def _guard(text: str) -> None:
    if len(text) > MAX_BYTES or len(text.encode(errors="replace")) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024} KiB"
        raise Refused(Problem("too-large", message, START, "Move long material out of the guideline and link to it."))
    if (other := foreign(text)) is not None:
        raise Refused(other)
    if odd := _UNWRITABLE.search(text.removeprefix("\ufeff")):
        raise Refused(_unwritable(text.removeprefix("\ufeff"), odd.start()))


def _unwritable(text: str, index: int) -> Problem:
    before = text[:index]
    line = before.count("\n")
    column = index - (before.rfind("\n") + 1)
    message = f"the character U+{ord(text[index]):04X} may not stand in YAML"
    return Problem(
        "not-yaml", message, Span(line, column, line, column + 1), "Delete it; it is invisible in most editors."
    )


def _events(text: str) -> Iterator[yaml.Event]:
    return yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.CSafeLoader)
