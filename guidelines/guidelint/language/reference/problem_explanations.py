"""What each code of a problem means, with an example that has the problem and one that has not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from guidelint.language.lint.every_lint import lints
from guidelint.language.text.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.language.text.problem import ProblemLevel

_LEVELS: Mapping[ProblemLevel, str] = {
    "error": "",
    "warning": "It is a warning: the guideline compiles all the same.",
    "note": "It is a note: nothing is wrong, and `guidelint lint` asks for more.",
}
_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)

SMALLEST = """\
guidelint: 1
guideline: example
version: 1.0.0
title: Example
summary: A guideline with nothing but what every guideline has.
instructions: Mark every lesion.
empty_reading: {means: There is no lesion.}
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
"""
"""The smallest guideline without a problem; the examples replace or add parts of it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means."""

    code: str
    means: str
    """What is wrong, in a sentence."""
    why: str
    """Why it matters, and what to do."""
    wrong: str
    """A part of a guideline that has the problem; empty where an example would only be long."""
    right: str
    """The same part without it."""
    level: ProblemLevel = "error"
    source: str = ""
    """Who says so; empty: it is of the text, which cannot be read otherwise."""

    @property
    def reasons(self) -> str:
        """Say why it matters, and whether it is only a warning or a note."""
        return f"{self.why} {_LEVELS[self.level]}".rstrip()

    def __str__(self) -> str:
        shown = [("For example", self.wrong), ("Better", self.right)]
        blocks = [f"{title}:\n\n{_indented(text)}" for title, text in shown if text]
        source = [f"\nSource: {self.source}"] if self.source else []
        return "\n".join([f"{self.code}: {self.means}", "", self.reasons, *(f"\n{block}" for block in blocks), *source])


@cache
def explanations() -> Mapping[str, Explanation]:
    """Gather every explanation, by code: those of the text and those of the lints."""
    return dict(sorted({**of_text(), **_of_lints()}.items()))


def of_text() -> Mapping[str, Explanation]:
    """Read what is told of problems of the text."""
    parts: dict[str, dict[str, Any]] = shipped("guidelint.language.reference", "explanations.yaml")
    bare: dict[str, Any] = {"wrong": "", "right": ""}
    return {code: Explanation(code, **(bare | part)) for code, part in parts.items()}


def _of_lints() -> Mapping[str, Explanation]:
    return {
        code: Explanation(code, one.means, one.why, one.wrong, one.right, one.level, one.said_by)
        for code, one in lints().items()
    }


def with_part(part: str) -> str:
    """Put a part into the smallest guideline, in place of the keys that it gives."""
    given = set(_KEY.findall(part))
    sections = re.split(r"(?m)^(?=[a-z])", SMALLEST)
    return "".join(section for section in sections if section.partition(":")[0] not in given) + part


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip().splitlines())
