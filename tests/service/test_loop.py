"""One submission, one verdict, one effective write-back, then silence."""

from __future__ import annotations

from tests.service.bench import GOOD, SMALL, Bench

from guidelint.service.store.tables import verdicts


def test_a_small_lesion_is_returned_in_words_and_corrected(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    assert bench.decisions() == {annotation: "returned"}
    assert bench.data(task)["gl_status"] == "returned"
    assert "40.0 mm²" in bench.data(task)["gl_verdict_md"]
    assert bench.data(task)["image"] == "/data/1.png"

    bench.fake.update(annotation, result=GOOD)
    bench.worker.work_off()
    assert bench.decisions() == {annotation: "accepted"}
    assert bench.data(task)["gl_status"] == "accepted"
    assert len(bench.rows(verdicts)) == 2


def test_one_submission_gives_one_verdict_one_write_and_silence(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, GOOD)["id"]
    bench.worker.work_off()
    for _ in range(5):
        bench.fake.update(annotation, ground_truth=True)
        bench.worker.work_off()
    assert bench.writes() == 1
    assert len(bench.rows(verdicts)) == 1
