"""Warnings that the author of a guideline allows, in a comment that gives the reason.

``# guidelint: allow CODE: reason`` in the line of a warning, or in the line above it, keeps it from being told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.lint.every_lint import lints
from guidelint.language.text.problem import Problem
from guidelint.language.text.span import in_line
from guidelint.language.text.suggest import did_you_mean
from guidelint.language.text.tree import Leaf, value_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import Node

_ALLOW = re.compile(r"(?:^|\s)#\s*guidelint:\s*allow\b\s*(?P<code>[a-z-]*)\s*:?\s*(?P<reason>.*)$")


@dataclass(frozen=True, slots=True)
class _Allowance:
    code: str
    reason: str
    span: Span

    def covers(self, problem: Problem) -> bool:
        """Whether it stands in the line of a warning of its code, or in the one above."""
        return problem.code == self.code and problem.span.line in {self.span.line, self.span.line + 1}


def but_allowed(problems: Iterable[Problem], root: Node, lines: Sequence[str]) -> Iterator[Problem]:
    """Leave out what is allowed with a reason, and tell of allowances that allow nothing."""
    allowances = tuple(_allowances(root, lines))
    used: set[_Allowance] = set()
    for problem in problems:
        covering = [one for one in allowances if problem.level == "warning" and one.reason and one.covers(problem)]
        used.update(covering)
        if not covering:
            yield problem
    yield from (_idle(one) for one in allowances if one not in used)


def _allowances(root: Node, lines: Sequence[str]) -> Iterator[_Allowance]:
    if not any("guidelint:" in line and "#" in line for line in lines):
        return
    texts = _lines_of_texts(root)
    for number, line in enumerate(lines):
        if number not in texts and (found := _ALLOW.search(line)):
            span = in_line(number, line.index("#", found.start()), len(line))
            yield _Allowance(found["code"], found["reason"].strip(), span)


def _lines_of_texts(root: Node) -> set[int]:
    """Lines of texts that go over several: a ``#`` in them is no comment."""
    spans = (value.span for _, part in walk(root) if isinstance(value := value_of(part), Leaf))
    return {line for span in spans for line in range(span.line + 1, span.end_line)}


def _idle(one: _Allowance) -> Problem:
    """Say why an allowance allows nothing."""
    lint = lints().get(one.code)
    if not one.code or lint is None:
        known = [code for code, other in lints().items() if other.level == "warning"]
        message, remedy = f"`{one.code}` is no warning that could be allowed", did_you_mean(one.code, known)
    elif lint.level == "error":
        message, remedy = f"`{one.code}` is an error and cannot be allowed", "Mend it, and delete the comment."
    elif not one.reason:
        message = f"`{one.code}` is allowed without a reason"
        remedy = f"Write why: `# guidelint: allow {one.code}: …`."
    else:
        message = f"there is no warning `{one.code}` in this line or the next"
        remedy = "Delete the comment, or put it where the warning is told."
    return Problem("idle-allowance", message, one.span, remedy, level="warning")
