"""The service in bad company, small: webhooks lost, doubled, late; the service killed; Label Studio away or not itself.

After one sweep nothing is lost, doubled, ghost or stale. ``python -m tests.bench.faults`` does it large.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from tests.faults.misfortune import WAYS
from tests.faults.trial import Size, trial
from tests.service.postgresql import database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.many

SMALL = Size(
    deliveries=200,
    a_second=40.0,
    kills=4,
    tasks=10,
    phases=("drop", "404 html", "302 login", "200 html"),
    phase_s=0.5,
    annotators=4,
)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("store", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_after_one_sweep_nothing_is_lost_doubled_ghost_or_stale(tmp_path: Path, store: str) -> None:
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(database()) if store == "postgresql" else ""
        outcome = stack.enter_context(trial(tmp_path, SMALL, place)).run(tmp_path / "die")
    assert outcome.killed.total() == SMALL.kills
    assert set(outcome.killed) == set(WAYS)
    assert set(outcome.met) == set(SMALL.phases)
    assert min(outcome.counts[fate] for fate in ("acknowledged", "dropped", "doubled", "delayed")) > 0
    assert min(outcome.after.decisions[decision] for decision in ("accepted", "returned", "escalated", "skipped")) > 0
    assert ", 0 left" in outcome.swept
    after = outcome.after
    assert (after.lost, after.doubled, after.ghost, after.stale) == ([], [], [], [])
