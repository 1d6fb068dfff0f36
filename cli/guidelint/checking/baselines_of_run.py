"""The baseline that a run is compared with, and the one that it writes."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.checking.baseline.belonging import is_of, names_of
from guidelint.checking.baseline.error import BaselineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from guidelint.checking.asked.adjustment import Run
    from guidelint.checking.baseline.collection import Collection, Written
    from guidelint.checking.baseline.comparison import Comparison
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.record import Judged

OTHER_GUIDELINE = "baseline-of-another-guideline"
"""Code of the warning."""


@dataclass(frozen=True, slots=True)
class Baselines:
    """What a run is compared with, and what it writes; None: nothing."""

    runs: Sequence[Run]
    """One for each guideline."""
    comparison: Comparison | None = None
    collection: Collection | None = None
    target: Path | None = None
    """File that is written."""

    def compared(self, judged: Judged) -> Judged:
        """Take in a record, and give it with how its findings stand. Raises BaselineError when there are too many."""
        try:
            if self.collection is not None:
                self.collection.add(judged)
        except BaselineError as error:
            raise BaselineError(f"{self.target} is not written: {error}") from error
        return judged if self.comparison is None else self.comparison.compared(judged)

    @property
    def notes(self) -> Iterator[str]:
        """What is to be said before anything is judged."""
        if self.comparison is None or is_of(self.comparison.baseline, self.runs):
            return
        baseline, name = self.comparison.baseline, names_of(self.runs)
        why = f"it was written for `{baseline.guideline}`, and this run judges by `{name}`: little of it can match"
        remedy = f"Give the baseline of `{name}`, or write one: --write-baseline FILE"
        yield f"{baseline.name}:1: {OTHER_GUIDELINE}: {why}. {remedy}"

    def write(self, totals: Totals) -> Iterator[str]:
        """Write what was collected, and say what was written and what not. Raises BaselineError when that fails."""
        if self.collection is None or self.target is None:
            return
        if totals.wrong_files:
            yield f"{self.target} is not written, since not every file could be read: mend that first"
            return
        is_partial = bool(totals.differences or totals.unread)
        try:
            written = self.collection.written([run.plan for run in self.runs], is_partial=is_partial)
            _replace(self.target, written.text)
        except BaselineError as error:
            raise BaselineError(f"{self.target} is not written: {error}") from error
        except OSError as error:
            raise BaselineError(
                f"{self.target} cannot be written: {(error.strerror or 'unwritable').lower()}"
            ) from error
        yield from _said(self.target, written)


def baselines(
    baseline: Path | None, target: Path | None, runs: Sequence[Run], read: Iterable[Path | None]
) -> Baselines:
    """Read the baseline before anything is judged. ``read``: files that must not be written over.

    Raises BaselineError.
    """
    if baseline is None and target is None:
        return Baselines(runs)
    from guidelint.checking.baseline.given import baseline_given  # noqa: PLC0415 - few runs have a baseline

    return Baselines(runs, *baseline_given(baseline, target, runs, read), target)


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
