"""Problems: what is wrong with the text of a guideline, where, and what to do about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Literal

from guidelint.language.text.span import Span, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST = 400
_OF_NUMBERS = "\u00a0\u202f"
"""Blanks between a number and its unit, and within a number."""
ProblemLevel = Literal["error", "warning", "note"]
"""error: the text is no guideline. warning: it is one, and it is unlikely that it means what its author meant. note: it
means that, and a critical colleague would ask for more; told only where somebody asks for it."""
MOST = 200
"""Problems that are told of one text; a person mends some and looks again."""
Code = Literal[
    "alias",
    "bad-name",
    "circle",
    "commented-out",
    "duplicate-key",
    "empty",
    "empty-file",
    "expired-allowance",
    "idle-allowance",
    "loosens",
    "merge-conflict",
    "missing",
    "name-taken",
    "no-answer-kind",
    "not-a-guideline",
    "not-one-rule",
    "not-in-base",
    "not-utf-8",
    "not-yaml",
    "odd-character",
    "out-of-range",
    "outside-picture",
    "rule-always-on",
    "rule-elsewhere",
    "scale-without-direction",
    "tag",
    "too-deep",
    "too-few-options",
    "too-large",
    "too-long",
    "two-answer-kinds",
    "unknown-attribute-set",
    "unknown-family",
    "unknown-format",
    "unknown-key",
    "unknown-rule",
    "unknown-value",
    "unexpected-verdict",
    "unknown-vocabulary",
    "unnoticed-change",
    "unusable-base",
    "unusable-example",
    "unusable-picture",
    "wrong-type",
    "wrong-value",
]
"""What can be wrong with the text itself, before it is asked what it means; lints have codes of their own."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Words to put in a place of the text."""

    span: Span
    text: str

    def applied(self, text: str) -> str:
        """Make the edit in a text."""
        return replaced(text, self.span, self.text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a guideline. Never about an annotation; that is a ``Finding``."""

    code: str
    """One of ``Code``, or that of a lint: the name that ``guidelint explain`` knows."""
    message: str
    """What is wrong, as one sentence without a full stop."""
    span: Span
    """Where it stands."""
    help: str = ""
    """What to do next."""
    edit: Edit | None = None
    """The advice as an edit, where it can be followed without thinking."""
    level: ProblemLevel = "error"
    """Whether it keeps the text from being a guideline."""
    fix: Edit | None = None
    """An edit that nobody need be asked about: it takes out what means nothing, or writes what alone can be meant."""

    @property
    def line(self) -> int:
        """Line as editors count, from 1."""
        return self.span.line + 1

    @property
    def column(self) -> int:
        """Column as editors count, from 1."""
        return self.span.column + 1

    @property
    def end_line(self) -> int:
        """Line in which it ends, from 1."""
        return self.span.end_line + 1

    @property
    def end_column(self) -> int:
        """Column behind its end, from 1."""
        return self.span.end_column + 1

    @property
    def said(self) -> str:
        """What is wrong and what to do, as sentences."""
        return f"{self.message}. {self.help}".strip()


def readable(text: str) -> str:
    """Spell out what does not print, so that a message is what it looks like; a number keeps the blank of its unit."""
    return "".join(_seen(char, before) for before, char in zip(f" {text}", text, strict=False))


def _seen(char: str, before: str) -> str:
    of_number = char in _OF_NUMBERS and before.isdigit()
    return char if char.isprintable() or of_number else f"\\u{ord(char):04x}"


def _readable(problem: Problem) -> Problem:
    return replace(problem, message=_short(readable(problem.message)), help=_short(readable(problem.help)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class GuidelineProblems(Exception):  # noqa: N818 - a state of the text, not a fault of the program
    """What is wrong or unwise about a text (of what comes first, as much as ``most`` says), sorted by position.

    Raised where the text is not a guideline; of a guideline it holds the warnings.
    """

    def __init__(self, problems: Iterable[Problem], text: str, filename: str, most: int = MOST) -> None:
        told = list(dict.fromkeys(_readable(problem) for problem in islice(problems, most + 1)))
        self.problems = tuple(sorted(told[:most], key=lambda one: (one.span, one.code, one.message)))
        self.and_more = len(told) > most
        self.text = text
        self.filename = filename
        super().__init__(f"{filename}: {self.count}")

    @property
    def count(self) -> str:
        """How many there are, e.g. ``3 problems and 1 warning``."""
        told = counted(Counter(problem.level for problem in self.problems))
        return f"{'more than ' * self.and_more}{told}"


def counted(levels: Mapping[ProblemLevel, int]) -> str:
    """Say how many there are of each level, e.g. ``3 problems, 1 warning and 2 notes``."""
    told = [_counted(levels[level], word) for level, word in LEVELS.items() if levels[level]]
    *others, last = told or [_counted(0, "problem")]
    return f"{', '.join(others)} and {last}" if others else last


LEVELS: Mapping[ProblemLevel, str] = {"error": "problem", "warning": "warning", "note": "note"}
"""Level → what a thing of it is called, from grave to mild."""


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
