"""``check(...).on_engine(...)``: an engine gives the totals, rows and baseline that one process gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest
from distributed import LocalCluster
from tests.api.test_jobs import small
from tests.cli.test_check_engine import rows, statistics
from tests.cli.test_check_jobs import as_list, delivery

from guidelint.api import GuidelintError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.many
@pytest.mark.filterwarnings("ignore")
def test_an_engine_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("guidelint.checking.spread.piece.AT_ONCE", 3)
    (tmp_path / "a.json").write_text(as_list(delivery()), encoding="utf-8")
    (tmp_path / "b.json").write_text(as_list(delivery(4)), encoding="utf-8")
    given = ("a.json", f"file://{tmp_path}/b.json")
    alone = small().check(*given, write_baseline="known1")
    alone.to_parquet("alone")
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as started:  # pyright: ignore[reportArgumentType]
        address: str = cast("LocalCluster", started).scheduler_address
        report = small().check(*given, write_baseline="known2")
        totals = report.on_engine(address, "tables")
    assert totals == report.totals == alone.totals
    for table in ("verdicts", "findings"):
        assert rows(tmp_path / "tables", table) == rows(tmp_path / "alone", table)
    assert statistics(tmp_path / "tables") == json.loads(json.dumps(totals.statistics))
    assert (tmp_path / "known1").read_bytes() == (tmp_path / "known2").read_bytes()
    assert report.notes == tuple(note.replace("known1", "known2") for note in alone.notes) != ()
    with pytest.raises(GuidelintError, match=r"Keep it with list\(report\), or check again"):
        list(report)


def test_what_an_engine_cannot_do_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(as_list(delivery(1)), encoding="utf-8")
    for given, engine, folder, said in (
        (delivery(1), "local", "tables", "engine=: tasks in memory can be read by this process alone. Save it"),
        (path, "nowhere://x", "tables", "the engine at nowhere://x cannot be reached"),
        (path, "local", "a.parquet", "a.parquet is no folder"),
    ):
        with pytest.raises(GuidelintError, match=said):
            small().check(given).on_engine(engine, tmp_path / folder)
    with pytest.raises(GuidelintError, match=r"jobs= is for processes of this machine, and the engine has workers"):
        small().check(path, jobs=2).on_engine("local", tmp_path)
    report = small().check(path)
    next(iter(report))
    with pytest.raises(GuidelintError, match=r"on_engine\(\) takes all of it: check again"):
        report.on_engine("local", tmp_path)


def test_objects_of_a_store_are_read_wherever_they_are_judged(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(as_list(delivery(2)), encoding="utf-8")
    of_file = [one.findings for one in small().check(path)]
    assert [one.findings for one in small().check(f"file://{tmp_path}/*.json")] == of_file != []
    with pytest.raises(GuidelintError, match="no object has a name like this"):
        small().check(f"file://{tmp_path}/none*.json")
