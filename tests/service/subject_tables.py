"""Verdicts on subjects above one submission as a table: what the service keeps, and what a check of an export gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec
from tests.service.bench import SERVER, Bench

from guidelint.checking.delivery import Delivery
from guidelint.checking.record import Judged
from guidelint.service.store.base.database import read_only
from guidelint.service.store.subjects.verdicts import current_verdicts
from guidelint.service.worker.subjects import SubjectsNowAndThen
from guidelint.validation.scopes.submission import SUBMISSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.validation.judging.verdict import Verdict

Table = dict[str, tuple[str, tuple[tuple[str, str], ...]]]
"""Subject → decision, and the id and the sentence of each finding."""


def now_and_then(bench: Bench) -> int:
    """Judge what waits for the minute to be over."""
    return SubjectsNowAndThen(bench.engine, bench.worker.work.plans, [SERVER]).run()


def stored(bench: Bench) -> Table:
    """Verdicts that are current in the store."""
    with read_only(bench.engine) as connection:
        return _table(one.verdict for one in current_verdicts(connection, SERVER, bench.project))


def checked(bench: Bench) -> Table:
    """Verdicts that a check of an export of all tasks gives."""
    plan = bench.worker.work.plans.newest(SERVER, bench.project)
    assert plan is not None
    with TemporaryDirectory() as folder:
        export = Path(folder) / "export.json"
        export.write_bytes(msgspec.json.encode(bench.fake.export(bench.project)))
        records = list(Delivery(plan, [export]).records())
    judged = (one.verdict for one in records if isinstance(one, Judged))
    return _table(verdict for verdict in judged if verdict.subject.kind != SUBMISSION.name)


def _table(verdicts: Iterable[Verdict]) -> Table:
    return {
        one.subject.key: (one.decision, tuple((finding.id, finding.message) for finding in one.findings))
        for one in verdicts
    }
