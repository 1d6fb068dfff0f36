"""``check --engine``: the same verdicts and totals as in one process, also where a worker is lost."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, cast

import pyarrow.parquet as pq
import pytest
from distributed import Client, LocalCluster
from tests.cli.delivery_file import Json, region, run, task
from tests.cli.test_check_jobs import as_list, delivery

from guidelint.checking.engine.frames import COLUMNS, frame_of, latest
from guidelint.checking.spread.contributed import Gathering, contributed
from guidelint.language.reference.problem_explanations import with_part
from guidelint.validation.judging.contributions import Put, Row
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULES = """\
delivery:
  rules:
    complete-delivery: {}
    identical-shapes: {min_tasks: 3}
    double-work: {}
readers:
  rules:
    overlap-agreement: {min_dice: 0.8}
"""


@pytest.fixture
def guideline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "guideline.yaml"
    path.write_text(with_part(RULES), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:  # pyright: ignore[reportArgumentType]
        yield cast("LocalCluster", started)


def rows(folder: Path, table: str) -> list[str]:
    """All rows of a table, but for the number of the verdict, in an order of their own."""
    read = pq.read_table(folder / table) if (folder / table).is_dir() else pq.read_table(folder / f"{table}.parquet")
    return sorted(json.dumps(row, default=str) for row in read.drop_columns(["verdict"]).to_pylist())


def statistics(folder: Path) -> Json:
    told: Json = json.loads((folder / "run.json").read_text("utf-8"))["statistics"]
    return told


def lose_a_worker(cluster: LocalCluster) -> None:
    """End a worker as soon as it has judged something."""
    with Client(cluster, set_as_default=False) as client:
        while not any(cast("dict[str, object]", client.has_what()).values()):
            time.sleep(0.02)
    nanny = next(iter(cluster.workers.values()))
    os.kill(nanny.process.process.pid, signal.SIGKILL)


@pytest.mark.many
@pytest.mark.filterwarnings("ignore")
def test_an_engine_that_loses_a_worker_gives_the_same_verdicts(
    guideline: str, tmp_path: Path, cluster: LocalCluster
) -> None:
    for name, tasks in (("a", delivery()), ("b", delivery(5)), ("c", [task(7, region(), data={"image": "z.png"})])):
        (tmp_path / f"{name}.json").write_text(as_list(tasks), encoding="utf-8")
    (tmp_path / "many.json").write_text(as_list([task(n, region()) for n in range(1000, 1600)]), encoding="utf-8")
    (tmp_path / "listing").write_text(f"file://{tmp_path}/b.json\nc.json\n", encoding="utf-8")
    alone = run(
        "check", guideline, "a.json", "many.json", f"{tmp_path}/b.json", "c.json", "-f", "parquet", "-o", "alone"
    )
    killer = threading.Thread(target=lose_a_worker, args=(cluster,))
    killer.start()
    arguments = ("a.json", "many.json", "@listing", "-f", "parquet", "-o", "tables")
    spread = run("check", guideline, *arguments, "--engine", cluster.scheduler_address)
    killer.join()
    assert spread.exception is None or isinstance(spread.exception, SystemExit), spread.exception
    assert (spread.exit_code, spread.stderr) == (alone.exit_code, alone.stderr)
    for table in ("verdicts", "findings"):
        there = [
            row.replace(f"file://{tmp_path}/b.json", f"{tmp_path}/b.json") for row in rows(tmp_path / "tables", table)
        ]
        assert sorted(there) == rows(tmp_path / "alone", table)
    metadata = pq.read_metadata(tmp_path / "alone" / "verdicts.parquet").metadata
    assert statistics(tmp_path / "tables") == json.loads(metadata[b"guidelint.statistics"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("-f", "jsonl"), "add --format parquet --output FOLDER"),
        (("-f", "parquet", "-o", "tables", "--max-findings", "3"), "leave out --max-findings"),
        (("-f", "parquet", "-o", "tables", "--jobs", "2"), "the engine has workers: leave it out"),
        (("-f", "parquet", "-o", "tables", "-"), "standard input can be read by this process alone"),
    ],
)
def test_what_an_engine_cannot_do_is_refused(more: tuple[str, ...], said: str, guideline: str, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery(1)), encoding="utf-8")
    told = run("check", guideline, "export.json", "--engine", "local", *more)
    assert told.exit_code == 2
    assert said in " ".join(told.stderr.split())


def test_an_engine_that_is_not_there_is_named(guideline: str, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(as_list(delivery(1)), encoding="utf-8")
    told = run("check", guideline, "export.json", "--engine", "nowhere://x", "-f", "parquet", "-o", "tables")
    assert told.exit_code == 2
    assert "the engine at nowhere://x cannot be reached" in " ".join(told.stderr.split())


def test_of_each_annotation_the_latest_version_counts() -> None:
    subject = Subject("series", series="1")
    versions = [("1", "2"), ("1", "3"), ("2", "1"), ("1", "3"), ("3", "")]
    gathering = Gathering()
    for number, (task_id, version) in enumerate(versions):
        row = Row(subject, "sizes", task_id, "a", None, Gathered(number))
        gathering.put(Put(task_id, "a", version, (row,) if version else ()))
    frame = frame_of([contributed([gathering])], 5, 4)
    assert list(frame.columns) == list(COLUMNS)
    assert [order - (5 << 32) for order in latest(frame)["order"]] == [2, 3]
