"""The service is killed, again and again: what was acknowledged is not lost, nothing is judged twice."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import sqlalchemy as sa
from tests.service.bench import DATA, GOOD, SMALL
from tests.service.processes import Rig, Service, rig

from guidelint.service.store.database import open_store, reading, store_url
from guidelint.service.store.tables import inbox, verdicts

if TYPE_CHECKING:
    from guidelint.labelstudio.fake import FakeLabelStudio, Json

DELIVERIES = 1000
KILLS = 20
TASKS = 200
RIDERS = 4


class Post:
    """Delivers like Label Studio does, and remembers which deliveries were acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: list[str] = []

    def __call__(self, url: str, headers: Any, body: bytes) -> None:
        try:
            answer = httpx.post(url, content=body, headers=dict(headers), timeout=1.0)
        except httpx.HTTPError:
            time.sleep(0.2)
            return
        if answer.is_success:
            self.acknowledged.append(hashlib.sha256(body).hexdigest())


def annotate(fake: FakeLabelStudio, tasks: list[int], seed: int, post: Post) -> None:
    """One annotator: submits, updates, now and then deletes, until enough was acknowledged."""
    chance, mine = random.Random(seed), list[int]()
    while len(post.acknowledged) < DELIVERIES:
        result = chance.choice([SMALL, GOOD])
        if mine and chance.random() < 0.5:
            fake.update(chance.choice(mine), result=result, lead_time=chance.random())
        elif mine and chance.random() < 0.05:
            fake.delete(mine.pop(chance.randrange(len(mine))))
        else:
            mine.append(fake.submit(chance.choice(tasks), result, seed)["id"])


def kill(service: Service, how: str, flag: Path) -> None:
    """Kill it in one of several ways."""
    if how == "between commit and answer":
        flag.touch()
        assert service.process is not None
        service.process.wait(timeout=300)
    elif how == "receiver":
        service.kill()
    elif how == "judging process":
        victim = service.judging_process()
        if victim is not None:
            victim.kill()
    else:
        service.kill_all()


def ride_out(bench: Rig, flag: Path, post: Post) -> Counter[str]:
    """Annotators annotate while the service is killed; returns how it was killed."""
    tasks = bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(TASKS)])
    seeds = range(1, RIDERS + 1)
    riders = [threading.Thread(target=annotate, args=(bench.fake, tasks, seed, post)) for seed in seeds]
    for rider in riders:
        rider.start()
    chance, killed = random.Random(7), Counter[str]()
    ways = ["between commit and answer", "receiver", "judging process", "both"]
    for number in range(KILLS):
        due = (number + 0.5) * DELIVERIES / KILLS
        while any(rider.is_alive() for rider in riders) and len(post.acknowledged) < due:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.2)
        how = ways[number % 4] if any(rider.is_alive() for rider in riders) else ways[1 + number % 3]
        kill(bench.service, how, flag)
        killed[how] += 1
        if how != "judging process":
            bench.service.start()
    for rider in riders:
        rider.join()
    return killed


def rows(engine: sa.Engine, table: sa.Table) -> list[Json]:
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


@pytest.mark.timeout(3600)
def test_killed_twenty_times_during_a_thousand_deliveries(tmp_path: Path) -> None:
    flag, post = tmp_path / "die", Post()
    mortal = (str(Path(__file__).with_name("serve_and_die.py")),)
    environment = {"DIE_AFTER_COMMIT": str(flag)}
    with rig(tmp_path, "--hold-ms", "50", module=mortal, environment=environment) as bench:
        bench.fake.deliver = post
        bench.service.start()
        killed = ride_out(bench, flag, post)
        assert killed.total() == KILLS
        assert killed["between commit and answer"] >= 3
        swept = bench.service.sweep()
        assert ", 0 left" in swept.stdout, swept

        engine = open_store(store_url(str(bench.service.store)))
        stored = {row["digest"] for row in rows(engine, inbox)}
        assert set(post.acknowledged) <= stored
        assert len(post.acknowledged) >= DELIVERIES

        judged = rows(engine, verdicts)
        versions = Counter((row["annotation"], row["created_at"], row["version"]) for row in judged)
        assert set(versions.values()) == {1}

        standing = bench.fake.tables.annotations
        current = [row for row in judged if row["is_current"]]
        assert sorted(row["annotation"] for row in current) == sorted(standing)
        expected = {number: "returned" if item["result"] == SMALL else "accepted" for number, item in standing.items()}
        assert {row["annotation"]: row["decision"] for row in current} == expected
        for task, found in bench.fake.tables.tasks.items():
            decisions = {expected[number] for number, item in standing.items() if item["task"] == task}
            wanted = "returned" if "returned" in decisions else "accepted" if decisions else ""
            assert found["data"].get("gl_status", "") == wanted
        engine.dispose()
