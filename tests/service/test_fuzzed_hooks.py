"""20,000 broken webhook deliveries: none is answered with 500, none stops a good one, none that was taken is lost."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.service.bench import DATA, GOOD, SERVER, SMALL
from tests.service.hook_fuzzer import Fuzzed, fuzz
from tests.service.hook_mutations import deliveries

from guidelint.labelstudio.fake.fake import FakeLabelStudio
from guidelint.service.receiver.group_commit import GroupCommit
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from guidelint.service.receiver.group_commit import Rows

pytestmark = pytest.mark.many

COUNT = 20_000


def bodies() -> list[bytes]:
    """What the fake Label Studio sends while people work."""
    sent: list[bytes] = []

    def keep(_url: str, _headers: Mapping[str, str], body: bytes) -> None:
        sent.append(body)

    fake = FakeLabelStudio(deliver=keep)
    project = fake.add_project()
    fake.add_webhook(project, f"{SERVER}/hooks/x", {})
    tasks = fake.add_tasks(project, [dict(DATA) for _ in range(3)], [[{"result": GOOD}], [], []])
    first = fake.submit(tasks[1], GOOD)["id"]
    fake.submit(tasks[2], SMALL, user=2)
    fake.update(first, result=SMALL)
    fake.delete(first)
    fake.delete_task(tasks[0])
    return sent


def fuzzed(folder: Path, count: int) -> Fuzzed:
    """Send so many to a receiver with a store in a folder."""
    url = store_url(str(folder / "store.db"))
    migrate(url)
    engine = open_store(url, durable=False)
    try:
        return fuzz(engine, deliveries(Random(7), bodies()), count)
    finally:
        engine.dispose()


def test_broken_deliveries_are_taken_or_refused_and_never_hurt(tmp_path: Path) -> None:
    found = fuzzed(tmp_path, COUNT)
    assert found.sent == COUNT
    assert found.odd == []
    assert found.faults == []
    assert found.good_refused == 0
    assert found.stored == found.taken
    assert {202, 400, 401, 404} <= set(found.answers)
    assert found.answers[202] > COUNT // 10, "they are broken in parts, and not beyond recognition"


def test_this_test_sees_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def put(_storing: GroupCommit, _rows: Rows) -> list[int]:
        raise OverflowError("a fault")

    monkeypatch.setattr(GroupCommit, "put", put)
    found = fuzzed(tmp_path, 50)
    assert {status for status, _ in found.odd} == {503}
    assert set(found.faults) == {"OverflowError('a fault')"}
    assert found.good_refused > 0
