"""A check while it is read: judged in this process, or in several for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.api.error import GuidelintError, in_python
from guidelint.checking.record import is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.checked import Checked
    from guidelint.checking.plain.from_record import Plain
    from guidelint.checking.plain.showing import Plainly

_GUARD = 'Each process imports the script that runs: save it as a file, and check under `if __name__ == "__main__":`'


def read(checked: Checked, showing: Plainly, jobs: int) -> Iterator[Plain]:
    """Give verdicts in the order of the delivery; ``jobs``: in so many processes, 0: one for each core."""
    return _here(checked, showing) if jobs == 1 else _by_several(checked, showing, jobs)


def _here(checked: Checked, showing: Plainly) -> Iterator[Plain]:
    shown = showing()
    for record in checked.records():
        if is_shown(record):
            shown.show(record)
            yield from shown.taken().shown


def _by_several(checked: Checked, showing: Plainly, jobs: int) -> Iterator[Plain]:
    """Give each piece as it comes. Raises GuidelintError when a process is lost too often."""
    from guidelint.checking.spread.begin import cores, in_processes  # noqa: PLC0415 - most checks are one process
    from guidelint.checking.spread.crew import LostProcessError  # noqa: PLC0415

    try:
        with in_processes(jobs or cores(), checked, showing) as spread:
            for piece in spread.shown():
                yield from piece
    except LostProcessError as error:
        raise GuidelintError(f"{in_python(str(error))}. {_GUARD}") from error
