"""The baseline that a check is compared with, and the one that it writes."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from guidelint.checking.baseline.collection import Collection
from guidelint.checking.baseline.comparison import Comparison
from guidelint.checking.baseline.reading import Baseline, BaselineError, read_baseline
from guidelint.cli.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from guidelint.checking.adjustment import Run
    from guidelint.checking.baseline.collection import Written
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.record import Judged

OTHER_GUIDELINE = "baseline-of-another-guideline"
"""Code of the warning."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a run is compared with, and what it writes; None: nothing."""

    run: Run
    comparison: Comparison | None = None
    collection: Collection | None = None
    target: Path | None = None
    """File that is written."""

    def compared(self, judged: Judged) -> Judged:
        """Take in a record, and give it with how its findings stand. Raises typer.Exit when there are too many."""
        try:
            if self.collection is not None:
                self.collection.add(judged)
        except BaselineError as error:
            raise refused(f"{self.target} is not written: {error}") from error
        return judged if self.comparison is None else self.comparison.compared(judged)

    @property
    def notes(self) -> Iterator[str]:
        """What is to be said before anything is judged."""
        name = self.run.plan.guideline.name
        if self.comparison is None or self.comparison.baseline.guideline in {"", name}:
            return
        baseline = self.comparison.baseline
        why = f"it was written for `{baseline.guideline}`, and this run judges by `{name}`: little of it can match"
        remedy = f"Give the baseline of `{name}`, or write one: --write-baseline FILE"
        yield f"{baseline.name}:1: {OTHER_GUIDELINE}: {why}. {remedy}"

    def write(self, totals: Totals) -> Iterator[str]:
        """Write what was collected, and say what was written and what not. Raises typer.Exit when that fails."""
        if self.collection is None or self.target is None:
            return
        if totals.wrong_files:
            yield f"{self.target} is not written, since not every file could be read: mend that first"
            return
        is_partial = bool(totals.differences or totals.unread)
        try:
            written = self.collection.written(self.run.plan, is_partial=is_partial)
            _replace(self.target, written.text)
        except BaselineError as error:
            raise refused(f"{self.target} is not written: {error}") from error
        except OSError as error:
            raise refused(f"{self.target} cannot be written: {(error.strerror or 'unwritable').lower()}") from error
        yield from _said(self.target, written)


def known(baseline: Path | None, target: Path | None, run: Run, read: Iterable[Path | None]) -> Known:
    """Read the baseline before anything is judged. ``read``: files that must not be written over.

    Says what is wrong and raises typer.Exit.
    """
    try:
        if target is not None:
            _refuse_target(target, baseline, read)
        given = _read(baseline, target) if baseline is not None else None
        previous = given or (_before(target) if target is not None else Baseline(""))
    except BaselineError as error:
        raise refused(str(error)) from error
    if target is not None and previous.guideline not in {"", run.plan.guideline.name}:
        why = f"{previous.name} belongs to `{previous.guideline}`, not to `{run.plan.guideline.name}`"
        raise refused(f"{why}, and its entries would be lost: name another file for --write-baseline")
    today = datetime.now(UTC).date()
    return Known(
        run,
        Comparison(given, today, run.always_told) if given is not None else None,
        Collection(previous, today, run.always_told) if target is not None else None,
        target,
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


def _replace(target: Path, text: bytes) -> None:
    """Write a file so that whoever reads it sees the old text or the new one, never a part."""
    place = target.resolve()
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            shutil.copymode(place, beside)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _said(target: Path, written: Written) -> Iterator[str]:
    yield f"{target}: {_count(written.findings, 'finding')} and {_count(written.waivers, 'waiver')} written"
    if written.kept:
        why = "the run did not judge everything"
        yield f"{target}: {_count(written.kept, 'entry', 'entries')} without a finding kept, because {why}"
    if written.dropped:
        yield f"{target}: {_count(written.dropped, 'entry', 'entries')} without a finding dropped"
    if written.expired:
        why = "their waivers have expired or accept less. Renew those by hand"
        yield f"{target}: {_count(written.expired, 'finding stays', 'findings stay')} new: {why}"
    if written.unjudged:
        why = "they tell of work that could not be checked or read, which only a waiver makes known"
        remedy = "Mend it, or add a line with `id`, `who`, `reason` and `until`"
        yield f"{target}: {_count(written.unjudged, 'finding')} not written: {why}. {remedy}"


def _count(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or f'{one}s'}"
