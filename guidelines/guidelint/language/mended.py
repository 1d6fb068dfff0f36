"""A guideline mended as far as nobody need be asked: what means nothing is out, what can mean one thing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.load import loaded
from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from guidelint.language.text.problem import Problem

_Kind = tuple[str, str]
"""Level and code of a problem."""
_BOM = "\ufeff"


def _any(_: Problem) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Mended:
    """A text, and the problems that it no longer has, in the order in which they were mended."""

    text: str
    mended: tuple[Problem, ...] = ()


def mended(text: str, filename: str, folder: Path | None = None, *, wanted: Callable[[Problem], bool] = _any) -> Mended:
    """Make one safe edit after the other, as long as each leaves everything else that is told as it was.

    ``wanted``: which problems shall be mended; left out: all.
    """
    mark, text = (_BOM, text.removeprefix(_BOM)) if text.startswith(_BOM) else ("", text)
    done: list[Problem] = []
    problems = _told(text, filename, folder)
    while step := _next(text, list(filter(wanted, problems)), problems, filename, folder):
        problem, text, problems = step
        done.append(problem)
    return Mended(mark + text, tuple(done))


def _next(
    text: str, wanted: Iterable[Problem], problems: tuple[Problem, ...], filename: str, folder: Path | None
) -> tuple[Problem, str, tuple[Problem, ...]] | None:
    """Find the first edit after which there is less to tell and nothing new."""
    for problem in wanted:
        if problem.fix is not None:
            after = problem.fix.applied(text)
            left = _told(after, filename, folder)
            before, now = _counted(problems), _counted(left)
            if now[_kind(problem)] < before[_kind(problem)] and _but_notes(now) <= _but_notes(before):
                return problem, after, left
    return None


def _kind(problem: Problem) -> _Kind:
    return problem.level, problem.code


def _counted(problems: tuple[Problem, ...]) -> Counter[_Kind]:
    return Counter(map(_kind, problems))


def _but_notes(counted: Counter[_Kind]) -> Counter[_Kind]:
    """Leave out notes: they wait while something is wrong, and come up once it is mended."""
    return Counter({kind: count for kind, count in counted.items() if kind[0] != "note"})


def _told(text: str, filename: str, folder: Path | None) -> tuple[Problem, ...]:
    try:
        return loaded(text, filename, folder=folder, notes=True).warnings.problems
    except GuidelineProblems as wrong:
        return wrong.problems
