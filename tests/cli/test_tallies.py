"""Tables by annotator and by class: every share with its denominator, in bounded memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.delivery_file import GUIDELINE, HOSTILE, Json, region, run, task, write_export

from guidelint.checking.counting.share import Share
from guidelint.checking.counting.tallies import Tallies
from guidelint.validation.judging.verdict import DECISIONS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_the_interval_is_that_of_the_literature(count: int, of: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3; the last row is the third mirrored."""
    assert Share(count, of).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10**7).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share(counted: tuple[int, int]) -> None:
    share = Share(*counted)
    assert share.interval is not None
    assert share.value is not None
    low, high = share.interval
    assert 0 <= low <= share.value <= high <= 1


def test_nothing_has_no_share() -> None:
    assert Share(0, 0).as_json() == {"count": 0, "of": 0, "share": None, "low": None, "high": None}


NAMED = st.tuples(st.sampled_from(["101", "102", "103", "104", ""]), st.sampled_from(DECISIONS), st.integers(1, 9))


@given(st.lists(NAMED, max_size=40), st.integers(1, 6), st.integers(1, 6))
def test_rows_and_rest_are_together_all_that_was_counted(
    counted: list[tuple[str, str, int]], kept: int, shown: int
) -> None:
    tallies = Tallies(kept)
    for name, decision, times in counted:
        tallies.add(name, decision, times)  # type: ignore[arg-type]
    ranking = tallies.ranking(shown)
    assert len(ranking.rows) <= min(kept, shown)
    assert sum(tally.total for _, tally in ranking.rows) + ranking.rest.total == sum(times for _, _, times in counted)
    names = {name for name, _, _ in counted}
    assert ranking.more == (len(names) > kept)
    assert len(ranking.rows) + ranking.left_out == min(len(names), kept)
    returned = [tally.decisions["returned"] for _, tally in ranking.rows]
    assert returned == sorted(returned, reverse=True)


def document(path: Path) -> Json:
    totals = json.loads(run("check", GUIDELINE, str(path), "-f", "json").stdout)["statistics"]
    assert isinstance(totals, dict)
    return totals


def test_every_annotator_and_class_has_denominators(tmp_path: Path) -> None:
    totals = document(write_export(tmp_path))
    people = {row["name"]: row for row in totals["by_annotator"]["rows"]}  # type: ignore[index]
    assert {name: (row["total"], row["judged"]) for name, row in people.items()} == {"101": (8, 7), "102": (2, 2)}
    assert people["101"]["returned"] == {
        "count": 2,
        "of": 7,
        "share": 2 / 7,
        "low": pytest.approx(0.0822, abs=1e-4),
        "high": pytest.approx(0.6411, abs=1e-4),
    }
    assert (people["101"]["skipped"]["count"], people["101"]["skipped"]["of"]) == (1, 8)
    classes = {row["name"]: [row[one]["count"] for one in DECISIONS] for row in totals["by_class"]["rows"]}  # type: ignore[index]
    assert classes == {"lesion": [1, 1, 2, 3, 0], None: [1, 0, 0, 0, 0]}


def test_a_region_counts_once_whatever_is_found_of_it(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    twice = [*region(closed=False, rating=3), *region(closed=False, name="L2")]
    path.write_text(json.dumps([task(1, twice), task(2, region(), cancelled=True), task(3, [])]))
    (row,) = document(path)["by_class"]["rows"]  # type: ignore[index]
    assert (row["total"], row["returned"]["count"]) == (2, 2)


def test_the_format_table_is_nothing_but_the_summary_with_intervals(tmp_path: Path) -> None:
    result = run("check", GUIDELINE, str(write_export(tmp_path)), "-f", "table")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("lesions 2.1.0 · 10 annotations and 1 series\n")
    assert "2/7  28.6 % (8.2–64.1)" in result.stdout
    assert HOSTILE not in result.stdout


@pytest.mark.parametrize("name", ["full", "concise", "csv", "sarif"])
def test_the_summary_of_every_format_has_both_tables(name: str, tmp_path: Path) -> None:
    result = run("check", GUIDELINE, str(write_export(tmp_path)), "-f", name)
    summary = result.stdout if name in {"full", "concise"} else result.stderr
    for row in ("101                  8  2/7  28.6 %", "Lesion          7  1/7  14.3 %"):
        assert row in summary
    assert "–" not in summary


def test_of_many_annotators_ten_are_shown_and_the_rest_is_summed(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    tasks = [task(n, region(closed=n > 3)) for n in range(1, 41)]
    for n, one in enumerate(tasks, 1):
        one["annotations"][0]["completed_by"] = f"reader {n:02}\x1b" + "x" * 60  # type: ignore[index]
    path.write_text(json.dumps(tasks))
    lines = run("check", GUIDELINE, str(path), "-f", "table").stdout.splitlines()
    assert sum(line.startswith("reader") for line in lines) == 40
    lines = run("check", GUIDELINE, str(path), "-f", "concise").stdout.splitlines()
    rows = [line for line in lines if line.startswith("reader")]
    assert [row[:9] for row in rows] == [f"reader {n:02}" for n in range(1, 11)]
    assert all("…  " in row and "\x1b" not in row for row in rows)
    (rest,) = (line for line in lines if line.startswith("30 others"))
    assert rest.split() == ["30", "others", "30", "0/30", "0.0", "%", "30/30", "100.0", "%"]


def test_names_are_told_apart_by_so_many_letters_as_people_have() -> None:
    tallies = Tallies()
    for number in range(3):
        tallies.add("x" * 3_000_000 + str(number), "accepted")
    tallies.add("x" * 200, "returned")
    assert [(len(name), tally.total) for name, tally in tallies.ranking(5).rows] == [(200, 1), (201, 3)]
