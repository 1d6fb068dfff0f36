"""A guideline mended as far as nobody need be asked: what means nothing is out, what can mean one thing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from guidelint.language.load import loaded
from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.span import Span

_Kind = tuple[str, str]
"""Level and code of a problem."""
_BOM = "\ufeff"
_MOST = 5_000
"""Problems that are told of a text that is mended: where some are not told, it cannot be seen whether one is gone."""


def _any(_: Problem) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Mended:
    """A text, and the problems that it no longer has, in the order in which they were mended."""

    text: str
    mended: tuple[Problem, ...] = ()


def mended(text: str, filename: str, folder: Path | None = None, *, wanted: Callable[[Problem], bool] = _any) -> Mended:
    """Make safe edits, as long as they leave everything else that is told as it was.

    ``wanted``: which problems shall be mended; left out: all.
    """
    mark, text = (_BOM, text.removeprefix(_BOM)) if text.startswith(_BOM) else ("", text)
    done: list[Problem] = []
    problems = _told(text, filename, folder)
    while step := _next(text, list(filter(wanted, problems)), problems, filename, folder):
        some, text, problems = step
        done.extend(some)
    return Mended(mark + text, tuple(done))


def _next(
    text: str, wanted: Iterable[Problem], problems: tuple[Problem, ...], filename: str, folder: Path | None
) -> tuple[tuple[Problem, ...], str, tuple[Problem, ...]] | None:
    """Find edits after which there is less to tell and nothing new: all that can be made, or half, or the first."""
    groups = [_apart(problem for problem in wanted if problem.fix is not None)]
    before = _counted(problems)
    while groups:
        some = groups.pop()
        if not some:
            continue
        after = _edited(text, some)
        left = _told(after, filename, folder)
        now, mending = _counted(left), _counted(some)
        if _but_notes(now) <= _but_notes(before) and all(now[kind] <= before[kind] - mending[kind] for kind in mending):
            return some, after, left
        if len(some) > 1:
            half = len(some) // 2
            groups += [some[half:], some[:half]]
    return None


def _apart(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give those whose edits do not meet, from the top of the text to its end."""
    chosen: list[Problem] = []
    behind = (0, 0)
    for place, problem in sorted(_placed(problems), key=itemgetter(0)):
        if (place.line, place.column) >= behind:
            chosen.append(problem)
            behind = (place.end_line, place.end_column)
    return tuple(chosen)


def _placed(problems: Iterable[Problem]) -> Iterator[tuple[Span, Problem]]:
    return ((problem.fix.span, problem) for problem in problems if problem.fix is not None)


def _edited(text: str, problems: Sequence[Problem]) -> str:
    """Make the edits of all, from the end of the text to its top."""
    for edit in reversed([problem.fix for problem in problems if problem.fix is not None]):
        text = edit.applied(text)
    return text


def _kind(problem: Problem) -> _Kind:
    return problem.level, problem.code


def _counted(problems: Iterable[Problem]) -> Counter[_Kind]:
    return Counter(map(_kind, problems))


def _but_notes(counted: Counter[_Kind]) -> Counter[_Kind]:
    """Leave out notes: they wait while something is wrong, and come up once it is mended."""
    return Counter({kind: count for kind, count in counted.items() if kind[0] != "note"})


def _told(text: str, filename: str, folder: Path | None) -> tuple[Problem, ...]:
    try:
        return loaded(text, filename, folder=folder, notes=True, most=_MOST).warnings.problems
    except GuidelineProblems as wrong:
        return wrong.problems
