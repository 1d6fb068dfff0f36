"""Files of guidelines mended in their place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.language.library import NoSuchGuidelineError, find, is_path, source
from guidelint.language.mended import mended
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.texts import FINISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.language.text.problem import Problem

_STAYS = "A change of it is a new version beside it"


def fix(guideline: str, wanted: Callable[[Problem], bool]) -> Iterator[str]:
    """Mend a file, and say what was mended, or why it stays as it is. Raises NoSuchGuidelineError."""
    if not is_path(guideline):
        yield f"{guideline} comes with guidelint, and stays as it is. {_STAYS}"
        return
    try:
        text, _ = source(guideline)
    except GuidelineProblems:  # told when it is read
        return
    path = Path(guideline)
    left = mended(text, guideline, path.parent, wanted=wanted)
    if left.mended and (status := _status(guideline)) in FINISHED:
        yield f"{guideline} is {status}, and stays as it is. {_STAYS}"
        return
    if left.mended:
        try:
            path.write_bytes(left.text.encode())
        except OSError as error:
            reason = (error.strerror or "unwritable").lower()
            raise NoSuchGuidelineError(f"{guideline} cannot be written: {reason}") from error
    for problem in left.mended:
        yield f"{guideline}:{problem.line}: mended {problem.code}: {problem.message}"


def _status(guideline: str) -> str:
    """Give where it stands in its life; what cannot be read yet never was released."""
    try:
        return find(guideline).status
    except GuidelineProblems:
        return "draft"
