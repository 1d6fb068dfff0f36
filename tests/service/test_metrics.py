"""Figures for Prometheus: what they count, and that they name nobody."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from tests.service.bench import GOOD, SECRET, SERVER, SMALL, Bench
from tests.service.test_receiver import EVENT, PATH, Asleep

from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.labelstudio.connection.request_count import RequestCount
from guidelint.service.messages import Counts, Told
from guidelint.service.receiver.receiver import Receiver
from guidelint.service.settings import Settings
from guidelint.service.store.base.tables import inbox, projects
from guidelint.service.worker.task.tally import tally

RIGHT, WRONG = {SECRET_HEADER: SECRET}, {SECRET_HEADER: "wrong-horse-battery"}
Figures = dict[str, float]


def receiver_on(bench: Bench) -> Receiver:
    settings = Settings(store="", servers={SERVER: "token-1"}, secret=SECRET, hold_ms=0)
    return Receiver(settings, bench.engine, Asleep())


def figures(receiver: Receiver, *posts: tuple[str, dict[str, str], bytes]) -> tuple[Figures, str]:
    """What `/metrics` says after some deliveries."""

    async def ask() -> str:
        app = receiver.app()
        wire = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=wire) as client:
            for path, headers, content in posts:
                await client.post(f"http://guidelint{path}", headers=headers, content=content)
            answer = await client.get("http://guidelint/metrics")
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        return answer.text

    text = asyncio.run(ask())
    found = {
        f"{sample.name}{sorted(sample.labels.values()) or ''}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    return found, text


def test_deliveries_are_counted_by_what_became_of_them(bench: Bench) -> None:
    receiver = receiver_on(bench)
    receiver.bodies.longest_bytes = 5000
    event = json.dumps(EVENT).encode()
    posts = [
        (PATH, RIGHT, event),
        (PATH, RIGHT, event),
        (PATH, WRONG, event),
        ("/hooks/elsewhere", RIGHT, event),
        (PATH, RIGHT, b"[]"),
        (PATH, RIGHT, b"{}"),
        (PATH, RIGHT, b"x" * 5001),
    ]
    found, _ = figures(receiver, *posts)
    outcomes = {name: value for name, value in found.items() if name.startswith("guidelint_deliveries_total")}
    assert outcomes == {
        "guidelint_deliveries_total['taken']": 2,
        "guidelint_deliveries_total['wrong_secret']": 1,
        "guidelint_deliveries_total['unknown_server']": 1,
        "guidelint_deliveries_total['no_event']": 1,
        "guidelint_deliveries_total['trial']": 1,
        "guidelint_deliveries_total['too_long']": 1,
    }
    assert found["guidelint_pending['interactive']"] == 2
    assert found["guidelint_oldest_pending_seconds"] >= 0


def test_a_store_that_fails_is_counted_and_its_figures_are_left_open(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE inbox"))
    found, _ = figures(receiver_on(bench), (PATH, RIGHT, json.dumps(EVENT).encode()))
    assert found["guidelint_deliveries_total['not_stored']"] == 1
    assert found["guidelint_store_errors_total"] == 2, "one delivery, one reading"
    assert found["guidelint_pending['interactive']"] != found["guidelint_pending['interactive']"], "not a number"
    assert (found["guidelint_ready"], found["guidelint_check['oldest pending']"]) == (0, 0)


def test_what_the_judging_process_tells_is_added_up(bench: Bench) -> None:
    receiver = receiver_on(bench)
    receiver.metrics.stored([1, 2, 3])
    receiver.hear(Told(shown=(1,)))
    receiver.hear(Told(done=(1, 2)))
    receiver.hear(Told(shown=(2, 9)))
    for _ in range(2):
        receiver.hear(Told(counts=Counts({"returned": 2, "accepted": 1}, {"GET tasks": 5})))
    found, _ = figures(receiver)
    assert found["guidelint_verdict_seconds_count"] == 1, "only what was shown is timed, and only once"
    assert (found["guidelint_judged_total['returned']"], found["guidelint_judged_total['accepted']"]) == (4, 2)
    assert found["guidelint_label_studio_requests_total['GET tasks']"] == 10


def test_the_judging_process_tells_what_it_judged_and_asked(bench: Bench) -> None:
    tally.taken()
    for result in (SMALL, SMALL, GOOD):
        bench.fake.submit(bench.task(), result)
    bench.worker.work_off()
    sent: list[Told] = []
    bench.worker.tell = sent.append
    for _ in range(2):
        bench.worker._give_sign_of_life()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    first, second = (told.counts for told in sent)
    assert first is not None
    assert first.judged == {"returned": 2, "accepted": 1}
    assert sum(first.requests.values()) == len(bench.fake.requests)
    assert second == Counts(), "each is told once"


def test_no_label_names_anything_or_anybody(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        connection.execute(sa.delete(projects))
    bench.fake.submit(bench.task(patient="John Doe"), GOOD)
    bench.worker.work_off()
    found, text = figures(receiver_on(bench), (PATH, RIGHT, json.dumps(EVENT).encode()))
    assert found["guidelint_held"] == sum(row["state"] == "held" for row in bench.rows(inbox)) > 0
    assert not [name for name in ("label-studio.test", "lesions", "John", "u-7", SECRET) if name in text]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/tasks/5/", "GET tasks"),
        ("/api/tasks", "GET tasks"),
        ("/api/current-user/whoami", "GET current-user"),
        ("/api/projects/7/export", "GET projects"),
        ("/api/", "GET other"),
        ("/", "GET other"),
    ],
)
def test_requests_are_counted_by_kind_never_by_number(path: str, kind: str) -> None:
    count = RequestCount()
    count.one("GET", path)
    assert count.taken() == {kind: 1}
    assert count.taken() == {}
