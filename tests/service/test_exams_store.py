"""What the store keeps of exams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.store import exams
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.exams import KeptExam, KeptResult

if TYPE_CHECKING:
    import sqlalchemy as sa

SERVER = "http://localhost:8080"
FIRST = KeptExam(SERVER, 7, "e1", "lesions", "1.0.0", "reader", "2026-01-01T00:00:00Z", b"{}")
SECOND = KeptExam(SERVER, 9, "e2", "lesions", "1.0.0", "reader", "2026-01-02T00:00:00Z", b"{}")


def kept(place: str) -> sa.Engine:
    url = store_url(place)
    migrate(url)
    return open_store(url)


def test_the_newest_exam_of_a_version_is_found_and_every_item_ever_seen(place: str) -> None:
    engine = kept(place)
    with engine.begin() as connection:
        exams.put_exam(connection, FIRST, ["a", "b"])
        exams.put_exam(connection, SECOND, ["b", "c"])
        exams.put_tasks(connection, SERVER, 9, {"b": 31, "c": 32})
    assert exams.newest_exam(engine, SERVER, "lesions", "1.0.0", "reader") == SECOND
    assert exams.newest_exam(engine, SERVER, "lesions", "1.1.0", "reader") is None
    assert exams.items_seen(engine, "lesions") == {"a", "b", "c"}
    with read_only(engine) as connection:
        assert exams.tasks_of_exam(connection, SERVER, 9) == {31: "b", 32: "c"}
        assert exams.tasks_of_exam(connection, SERVER, 7) == {}
    engine.dispose()


def test_a_result_stays_as_it_was_given(place: str) -> None:
    engine = kept(place)
    first = KeptResult(SERVER, 9, 3, 32, True, "2026-01-02T09:00:00Z", "{}")
    later = KeptResult(SERVER, 9, 3, 31, False, "2026-01-02T10:00:00Z", "{}")
    with engine.begin() as connection:
        assert exams.put_result(connection, first)
        assert not exams.put_result(connection, later)
    with read_only(engine) as connection:
        assert exams.results_of_exam(connection, SERVER, 9) == {3: first}
    engine.dispose()
