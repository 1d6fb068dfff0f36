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
from guidelint.validation.judging.verdict import decide
from guidelint.validation.scopes.submission import SUBMISSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict

Table = dict[str, tuple[str, tuple[tuple[str, str], ...]]]
"""Subject → decision, and the id and the sentence of each finding, by sentence."""


def now_and_then(bench: Bench) -> int:
    """Judge what waits for the minute to be over."""
    return SubjectsNowAndThen(bench.engine, bench.worker.work.plans, [SERVER]).run()


def stored(bench: Bench) -> Table:
    """Verdicts that are current in the store."""
    return kept(bench.engine, SERVER, bench.project)


def kept(engine: sa.Engine, server: str, project: int) -> Table:
    """Verdicts that are current in a store."""
    with read_only(engine) as connection:
        return _table(one.verdict for one in current_verdicts(connection, server, project))


def checked(bench: Bench) -> Table:
    """Verdicts that a check of an export of all tasks gives."""
    plan = bench.worker.work.plans.newest(SERVER, bench.project)
    assert plan is not None
    return of_export(plan, msgspec.json.encode(bench.fake.export(bench.project)))


def of_export(plan: Plan, exported: bytes) -> Table:
    """Verdicts that a check of an export gives."""
    with TemporaryDirectory() as folder:
        export = Path(folder) / "export.json"
        export.write_bytes(exported)
        records = list(Delivery(plan, [export]).records())
    judged = (one.verdict for one in records if isinstance(one, Judged))
    return _table(verdict for verdict in judged if verdict.subject.kind != SUBMISSION.name)


def _table(verdicts: Iterable[Verdict]) -> Table:
    """What is held back, because not all tasks of a subject are in, is told by a check of what there is."""
    return {one.subject.key: _row(one, (*one.findings, *one.held)) for one in verdicts}


def _row(verdict: Verdict, found: tuple[Finding, ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    decision = decide(found) if verdict.held else verdict.decision
    by_message = sorted(found, key=lambda finding: (finding.message, finding.id))
    return decision, tuple((finding.id, finding.message) for finding in by_message)
