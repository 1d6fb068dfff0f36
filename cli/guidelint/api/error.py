"""What cannot be done, in the words of the command line: where, why, and what to do."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Generator

    from guidelint.language.text.problem import GuidelineProblems, ProblemLevel

_OTHERWISE = {"class": "classes", "level": "levels", "annotator": "annotators", "task": "tasks", "from": "from_"}
"""Options that are arguments under another name."""
_OPTION = re.compile(r"--([a-z][a-z-]+)(?: (?:FILE|LIST|NUMBER|(?=')))?")
"""An option of the command line, as its messages name it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong or unwise in the text of a guideline."""

    code: str
    """Its kind; ``guidelint explain CODE`` tells about it."""
    level: ProblemLevel
    """``error``: the text is no guideline; ``warning``: it hardly means what its author meant."""
    file: str
    line: int
    """From 1."""
    column: int
    """From 1."""
    reason: str
    remedy: str
    """What to do; empty: the reason says it."""

    def __str__(self) -> str:
        said = f"{self.file}:{self.line}:{self.column}: {self.code}: {self.reason}"
        return f"{said}. {self.remedy}" if self.remedy else said


class GuidelintError(Exception):
    """Something cannot be done. Its text says where, why, and what to do."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with a guideline, by position; empty: it is about something else."""
        return cast("tuple[Problem, ...]", self.args[1])

    def __str__(self) -> str:
        return cast("str", self.args[0])


def problems_of(found: GuidelineProblems) -> tuple[Problem, ...]:
    """Give what was found in a text."""
    return tuple(
        Problem(one.code, one.level, found.filename, one.line, one.column, one.message, one.help)
        for one in found.problems
    )


@contextmanager
def refusals() -> Generator[None]:
    """Turn what a guideline, a baseline or an argument can have wrong into the one error of Python."""
    try:
        yield
    except GuidelintError:
        raise
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        raise told from None


def _told(error: Exception) -> GuidelintError | None:
    """Say in Python what a person can mend; None: it is a fault of guidelint. Only who fails loads the kinds."""
    from guidelint.checking.mendable import mendable  # noqa: PLC0415
    from guidelint.language.text.problem import GuidelineProblems  # noqa: PLC0415
    from guidelint.language.text.problem_text import report  # noqa: PLC0415

    if isinstance(error, GuidelineProblems):
        return GuidelintError(report(error), problems_of(error))
    return GuidelintError(in_python(str(error))) if isinstance(error, mendable()) else None


def in_python(said: str) -> str:
    """Name options as arguments: ``--write-baseline FILE`` is ``write_baseline=``."""
    return _OPTION.sub(_argument, said)


def _argument(found: re.Match[str]) -> str:
    name = found[1].replace("-", "_")
    return f"{_OTHERWISE.get(name, name)}="
