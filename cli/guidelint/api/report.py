"""What a check comes to, read once from its beginning to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.api import tables
from guidelint.api.error import GuidelintError, in_python, refusals
from guidelint.api.on_engine import judge_on, need_engine
from guidelint.api.reading import read
from guidelint.api.totals import Totals, totals_of
from guidelint.checking.plain.head import head_json
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    import os
    from collections.abc import Generator, Iterator

    from guidelint.api.tables import ArrowTables, DataFrames, ParquetFiles
    from guidelint.checking.checked import Checked
    from guidelint.checking.plain.from_record import Plain
    from guidelint.checking.plain.showing import Plainly
    from guidelint.checking.plain.verdict import Unreadable, Verdict


class Report:
    """What a check comes to. Iterate it: each verdict is given as soon as it is judged, and none is kept.

    A report is read once, like a file; ``list(report)`` keeps all of it. What lies above one annotation comes last.
    """

    def __init__(self, checked: Checked, showing: Plainly, notes: tuple[str, ...], jobs: int = 1) -> None:
        self._checked = checked
        self._showing = showing
        self._plans = showing.plans
        self._notes = notes
        self._jobs = jobs
        self._shown = self._read(showing)
        self._state = "new"

    def __iter__(self) -> Iterator[Verdict | Unreadable]:
        """Judge, and give what comes of it: verdicts, and whatever could not be read."""
        if self._state == "read":
            raise GuidelintError(
                "this report was read before, and what it told is not kept. Keep it with list(report), or check again"
            )
        return self._shown

    def to_arrow(self) -> ArrowTables:
        """Give two tables, ``verdicts`` and ``findings``, which the column ``verdict`` joins; all of it is held.

        Needs the extra ``tables``. Raises GuidelintError.
        """
        tables.need_tables("to_arrow()")
        return tables.arrow_tables(self._all("to_arrow()"), head_json(self._plans))

    def to_pandas(self) -> DataFrames:
        """Give the same tables to pandas. Needs the extra ``tables``, and pandas. Raises GuidelintError."""
        tables.need_tables("to_pandas()")
        tables.need_pandas()
        return tables.data_frames(tables.arrow_tables(self._all("to_pandas()"), head_json(self._plans)))

    def to_parquet(self, folder: str | os.PathLike[str]) -> ParquetFiles:
        """Write the same tables into a folder as they come, ``verdicts.parquet`` and ``findings.parquet``.

        A folder that is missing is made; a run that does not come to its end leaves no table. Needs the extra
        ``tables``. Raises GuidelintError.
        """
        tables.need_tables("to_parquet()")
        records, head = self._all("to_parquet()"), head_json(self._plans)
        return tables.parquet_files(records, head, lambda: self.totals.statistics, folder)

    def on_engine(self, engine: str, folder: str | os.PathLike[str]) -> Totals:
        """Judge on an engine, whose workers write the same tables in parts into a folder, and give the totals.

        ``engine``: address of a scheduler of Dask, such as ``tcp://host:8786``, or ``local``: one is started on this
        machine. All workers must find files and folder under the same names. Needs the extra ``engine``. Raises
        GuidelintError.
        """
        need_engine("on_engine()")
        if self._jobs != 1:
            raise GuidelintError("jobs= is for processes of this machine, and the engine has workers: leave it out")
        if self._state != "new":
            raise GuidelintError("this report is read, and on_engine() takes all of it: check again")
        self._shown.close()
        self._state = "begun"
        with refusals():
            judge_on(engine, self._checked, self._showing, folder)
            self._end()
        return self.totals

    @property
    def totals(self) -> Totals:
        """How many of what. Judges what is not judged yet. Raises GuidelintError in the middle of a loop."""
        if self._state == "begun":
            raise GuidelintError("this report is not read to its end: its totals follow after the loop")
        if self._state == "new":
            self._shown.close()
            for _ in self._read(replace(self._showing, counts_alone=True)):
                pass
        return totals_of(self._checked.totals)

    @property
    def accepted(self) -> bool:
        """Whether all of the delivery is accepted or skipped, and something was judged; known findings do not count."""
        return self.totals.accepted

    @property
    def notes(self) -> tuple[str, ...]:
        """What was passed over, and at the end what was written, in sentences."""
        return self._notes

    def _all(self, what: str) -> Iterator[Plain]:
        """Give all records. Raises GuidelintError when some are given already."""
        if self._state == "begun":
            raise GuidelintError(f"this report is read in part, and {what} takes all of it: check again")
        return iter(self)

    def _read(self, showing: Plainly) -> Generator[Plain]:
        """Judge, give what is shown, and write what is to be written. Raises GuidelintError."""
        self._state = "begun"
        with refusals():
            yield from read(self._checked, showing, self._jobs)
            self._end()

    def _end(self) -> None:
        """Write what is to be written. Raises BaselineError."""
        self._notes += tuple(map(in_python, self._checked.baselines.write(self._checked.totals)))
        self._state = "read"

    def __repr__(self) -> str:
        named = both([str(plan.guideline) for plan in self._plans])
        return f"Report({named}, {'not read yet' if self._state == 'new' else self._state})"
