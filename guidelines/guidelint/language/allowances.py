"""Warnings and notes that the author of a guideline allows, in a comment that gives the reason.

``# guidelint: allow CODE: reason`` in the line of a warning, or in the line above it, keeps it from being told;
``# guidelint: allow CODE until 2027-01-31: reason`` keeps it to the end of that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
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

_ALLOW = re.compile(
    r"(?:^|\s)#\s*guidelint:\s*allow\b\s*(?P<code>[a-z-]*)"
    r"(?:\s+until\s+(?P<until>[^\s:]*\d[^\s:]*))?\s*:?\s*(?P<reason>.*)$"
)


@dataclass(frozen=True, slots=True)
class _Allowance:
    code: str
    reason: str
    until: str
    """Last day on which it counts, as written; empty: it always does."""
    span: Span

    @property
    def last_day(self) -> date | None:
        """That day; None where it is no date."""
        try:
            return date.fromisoformat(self.until) if self.until else date.max
        except ValueError:
            return None

    def covers(self, problem: Problem, today: date) -> bool:
        """Whether it counts, and stands in the line of a warning or note of its code, or in the one above."""
        is_there = problem.code == self.code and problem.span.line in {self.span.line, self.span.line + 1}
        counts = self.reason and self.last_day is not None and today <= self.last_day
        return bool(is_there and counts and problem.level != "error")


def but_allowed(
    problems: Iterable[Problem], root: Node, lines: Sequence[str], *, notes: bool = False
) -> Iterator[Problem]:
    """Leave out what is allowed with a reason, and tell of allowances that allow nothing.

    ``notes``: whether notes are among the problems, once nothing is wrong; else nothing is said of what allows one.
    """
    allowances = tuple(_allowances(root, lines))
    today = datetime.now(UTC).date()
    used: set[_Allowance] = set()
    for problem in problems:
        notes = notes and problem.level != "error"
        covering = [one for one in allowances if one.covers(problem, today)]
        used.update(covering)
        if not covering:
            yield problem
    for one in allowances:
        lint = lints().get(one.code)
        if one not in used and (notes or lint is None or lint.level != "note"):
            yield _expired(one) if one.last_day and one.last_day < today else _idle(one)


def _allowances(root: Node, lines: Sequence[str]) -> Iterator[_Allowance]:
    if not any("guidelint:" in line and "#" in line for line in lines):
        return
    texts = _lines_of_texts(root)
    for number, line in enumerate(lines):
        if number not in texts and (found := _ALLOW.search(line)):
            span = in_line(number, line.index("#", found.start()), len(line))
            yield _Allowance(found["code"], found["reason"].strip(), found["until"] or "", span)


def _lines_of_texts(root: Node) -> set[int]:
    """Lines of texts that go over several: a ``#`` in them is no comment."""
    spans = (value.span for _, part in walk(root) if isinstance(value := value_of(part), Leaf))
    return {line for span in spans for line in range(span.line + 1, span.end_line)}


def _expired(one: _Allowance) -> Problem:
    """Say that its day is over."""
    message = f"`{one.code}` was allowed until {one.until}, and that day is over"
    remedy = "Mend what it allowed and delete the comment, or give a later day and why."
    return Problem("expired-allowance", message, one.span, remedy, level="warning")


def _idle(one: _Allowance) -> Problem:
    """Say why an allowance allows nothing."""
    lint = lints().get(one.code)
    if not one.code or lint is None:
        known = [code for code, other in lints().items() if other.level != "error"]
        message, remedy = f"`{one.code}` is no warning that could be allowed", did_you_mean(one.code, known)
    elif lint.level == "error":
        message, remedy = f"`{one.code}` is an error and cannot be allowed", "Mend it, and delete the comment."
    elif one.last_day is None:
        message = f"`{one.code}` is allowed until `{one.until}`, which is no date"
        remedy = "Write the day like 2027-01-31; it counts to its end (UTC)."
    elif not one.reason:
        message = f"`{one.code}` is allowed without a reason"
        until = f" until {one.until}" if one.until else ""
        remedy = f"Write why: `# guidelint: allow {one.code}{until}: …`."
    else:
        message = f"there is no {lint.level} `{one.code}` in this line or the next"
        remedy = f"Delete the comment, or put it where the {lint.level} is told."
    return Problem("idle-allowance", message, one.span, remedy, level="warning")
