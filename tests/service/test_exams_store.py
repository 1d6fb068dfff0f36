"""What the store keeps of exams."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.qualification import Qualification
from guidelint.service.clock import as_text
from guidelint.service.store import exams
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.exams import Came, KeptExam, KeptResult, ToldOfExam

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


def test_what_somebody_has_passed_is_found_where_they_passed_it(place: str) -> None:
    engine = kept(place)
    elsewhere = replace(FIRST, server="http://elsewhere")
    with engine.begin() as connection:
        for exam in (FIRST, SECOND, elsewhere):
            exams.put_exam(connection, exam, [])
        for exam, annotator, passed in ((FIRST, 3, True), (SECOND, 3, False), (FIRST, 4, True), (elsewhere, 5, True)):
            exams.put_result(connection, result(exam, annotator, passed=passed))
    with read_only(engine) as connection:
        found = exams.qualifications_at(connection, SERVER, "lesions", {3, 5})
        assert [(one.annotator, one.exam) for one in found] == [("3", "e1")]
        assert exams.qualifications_at(connection, SERVER, "nodules", {3, 5}) == ()
        assert len(list(exams.results_in(connection, "lesions"))) == 4
    engine.dispose()


def result(exam: KeptExam, annotator: int, *, passed: bool) -> KeptResult:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    held = Qualification(
        guideline=exam.guideline,
        version=exam.version,
        role=exam.role,
        annotator=str(annotator),
        passed_at=at,
        exam=exam.exam,
    )
    came = Came("passed" if passed else "failed", held if passed else None)
    told = msgspec.json.encode(ToldOfExam(told=(), result=came)).decode()
    return KeptResult(exam.server, exam.project, annotator, 31, passed, as_text(at), told)
