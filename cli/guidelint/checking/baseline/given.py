"""Baselines that a run was given: one to be compared with, and one to be written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from guidelint.checking.baseline.belonging import is_of, names_of
from guidelint.checking.baseline.collection import Collection
from guidelint.checking.baseline.comparison import Comparison
from guidelint.checking.baseline.error import BaselineError
from guidelint.checking.baseline.reading import Baseline, read_baseline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from guidelint.checking.asked.adjustment import Run


def baseline_given(
    baseline: Path | None, target: Path | None, runs: Sequence[Run], read: Iterable[Path | None]
) -> tuple[Comparison | None, Collection | None]:
    """Read what a run is compared with, and what stands in the file that it writes. Raises BaselineError."""
    if target is not None:
        _refuse_target(target, baseline, read)
    given = _read(baseline, target) if baseline is not None else None
    previous = given or (_before(target) if target is not None else Baseline(""))
    if target is not None and not is_of(previous, runs):
        why = f"{previous.name} belongs to `{previous.guideline}`, not to `{names_of(runs)}`"
        raise BaselineError(f"{why}, and its entries would be lost: name another file for --write-baseline")
    today, always = datetime.now(UTC).date(), frozenset[str]().union(*(run.always_told for run in runs))
    return (
        Comparison(given, today, always) if given is not None else None,
        Collection(previous, today, always, several=len(runs) > 1) if target is not None else None,
    )


def _read(path: Path, target: Path | None) -> Baseline:
    """Read a baseline; one that is only about to be written is empty."""
    is_begun = target is not None and _same(path, target) and (not path.exists() or not path.stat().st_size)
    return Baseline(str(path)) if is_begun else read_baseline(path)


def _before(target: Path) -> Baseline:
    """Read what stands in the file that is written, if it is there. Raises BaselineError when it is no baseline."""
    try:
        return _read(target, target)
    except BaselineError as error:
        raise BaselineError(f"{error}. It is not written over: name another file for --write-baseline") from error


def _refuse_target(target: Path, baseline: Path | None, read: Iterable[Path | None]) -> None:
    """Refuse to write over what is no baseline, or holds waivers that this run would not see. Raises BaselineError."""
    for path in read:
        if path is not None and _same(target, path):
            raise BaselineError(f"{target} is used in this run ({path}): name another file for --write-baseline")
    if target.is_dir() or not target.absolute().parent.is_dir():
        why = "it is a folder" if target.is_dir() else "its folder is not there"
        raise BaselineError(f"{target} cannot be written: {why}. Name a file for --write-baseline")
    if baseline is not None and target.exists() and not _same(baseline, target):
        why = f"{target} is there, and is not what the run is compared with ({baseline}): its waivers would be lost"
        raise BaselineError(f"{why}. Give it as --baseline, too, or name a file that is not there")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
