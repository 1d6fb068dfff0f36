"""The text of a baseline: written sorted, read line by line, and refused with the line that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checking.finding_made import entry, finding, judged, waiver

from guidelint.checking.baseline import collection, reading, writing
from guidelint.checking.baseline.collection import Collection, Written
from guidelint.checking.baseline.error import BaselineError
from guidelint.checking.baseline.reading import Baseline, Head, read_baseline
from guidelint.checking.baseline.writing import bytes_of
from guidelint.checking.known import About, Entry
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from random import Random

    from guidelint.validation.judging.finding import Outcome
    from guidelint.validation.judging.plan import Plan

TODAY = date(2026, 6, 30)
HEAD = Head(format="guidelint-baseline", version=1, guideline="lesions", guideline_version="1.0.0")
FIRST_LINE = '{"format":"guidelint-baseline","version":1,"guideline":"lesions"}\n'
LATER, BEFORE = date(2026, 12, 31), date(2026, 1, 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ENTRIES = st.lists(
    st.builds(
        Entry,
        id=TEXTS.filter(str.strip),
        rule=TEXTS,
        kind=st.just("open"),
        subject=st.builds(About, task=TEXTS, annotation=st.integers(0, 200).map(str)),
        regions=st.lists(TEXTS, max_size=3).map(tuple),
        measured=st.none() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False),
        unit=TEXTS,
    ),
    unique_by=lambda one: one.id,
    max_size=8,
)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_same_entries_give_the_same_bytes_and_are_read_again(entries: list[Entry], order: Random) -> None:
    text = bytes_of(HEAD, entries)
    shuffled = list(entries)
    order.shuffle(shuffled)
    assert bytes_of(HEAD, shuffled) == text
    with TemporaryDirectory() as folder:
        path = Path(folder) / "known.jsonl"
        path.write_bytes(text)
        assert read_baseline(path) == Baseline(str(path), "lesions", {one.id: one for one in entries})


def test_entries_stand_by_task_and_annotation_as_people_count() -> None:
    entries = [entry(id=task, task=task) for task in ("10", "9", "record 3")]
    lines = bytes_of(HEAD, entries).decode().splitlines()
    assert [line.partition('"id":"')[2].partition('"')[0] for line in lines[1:]] == ["9", "10", "record 3"]


def test_nothing_in_a_line_turns_or_hides_the_writing() -> None:
    text = bytes_of(HEAD, [entry(rule="a\u202eb\x1b[31m\u2028\x85")]).decode()
    assert "a\\u202eb\\u001b[31m\\u2028\\u0085" in text
    assert text.count("\n") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: this is no first line of a baseline"),
        ("[{}]\n", ":1: this is no first line of a baseline"),
        ('{"format":"other","version":1}\n', ":1: its format is not `guidelint-baseline`"),
        ('{"format":"guidelint-baseline","version":2}\n', ":1: it has version 2, and 1 is read. Use a newer guidelint"),
        (FIRST_LINE + '{"id":"a"}\n\n{"id":\n', ":4: this is no entry of a baseline"),
        (FIRST_LINE + '{"id":"a"}\n{"id":"a"}\n', ":3: `a` stands in a line before"),
        (FIRST_LINE + '{"rule":"a"}\n', ":2: this is no entry of a baseline: Object missing required field `id`"),
        (FIRST_LINE + '{"id":" "}\n', ":2: its `id` is empty"),
        (FIRST_LINE + '{"id":"a","untl":"x"}\n', ":2: an entry has no `untl`. Did you mean `until`?"),
        (FIRST_LINE + '{"id":"a","until":"soon"}\n', ":2: `until` is no date. Write it like 2027-01-31"),
        (FIRST_LINE + '{"id":"a","until":"2027-01-31"}\n', ":2: a waiver needs `who`, `reason` and `until`"),
        (FIRST_LINE + '{"id":"a","who":"A","reason":" ","until":"2027-01-31"}\n', "here `reason` is missing"),
        (FIRST_LINE + '{"id":"a","kind":"cannot-evaluate"}\n', ":2: `cannot-evaluate` is known by a waiver alone"),
        (FIRST_LINE + '{"id":"a","kind":"rule-failed"}\n', ":2: `rule-failed` is known by a waiver alone"),
        (FIRST_LINE + '{"id":"a","measured":1' + 400 * "0" + "}\n", ":2: "),
        (FIRST_LINE + '{"id":"\xff"}\n', ":2: this is no entry of a baseline"),
    ],
)
def test_a_bad_line_is_named(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(BaselineError) as caught:
        read_baseline(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_baseline_saved_by_an_editor_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + (FIRST_LINE + '{"id":"a"}\n\n').replace("\n", "\r\n").encode())
    assert set(read_baseline(path).entries) == {"a"}


@pytest.mark.parametrize(("name", "most"), [("MOST_ENTRIES", 1), ("MAX_BYTES", len(FIRST_LINE) + 12)])
def test_no_more_is_read_than_is_held(name: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, name, most)
    path = tmp_path / "known.jsonl"
    path.write_text(FIRST_LINE + '{"id":"a"}\n')
    assert len(read_baseline(path).entries) == 1
    path.write_text(FIRST_LINE + '{"id":"a"}\n{"id":"b"}\n')
    with pytest.raises(BaselineError, match=":3: "):
        read_baseline(path)


@pytest.mark.parametrize("name", ["MOST_ENTRIES", "MAX_BYTES", "MAX_LINE_BYTES"])
def test_nothing_is_written_that_would_not_be_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, name, 1)
    with pytest.raises(BaselineError, match="more findings than a baseline holds"):
        bytes_of(HEAD, [entry(id="a"), entry(id="b")])


def test_a_run_stops_collecting_when_a_baseline_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MOST_ENTRIES", 1)
    with pytest.raises(BaselineError, match="are no baseline"):
        Collection(Baseline(""), TODAY).add(judged(finding(id="a"), finding(id="b")))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return compile_plan(find("lung-nodule-ct"), catalogue())


def written(plan: Plan, *known: Entry, is_partial: bool = False, found: tuple[str, ...] = ()) -> tuple[Written, str]:
    """Write what is found over what was known."""
    collected = Collection(Baseline("", "", {one.id: one for one in known}), TODAY)
    collected.add(judged(*(finding(4.1, 1.0, id=name) for name in found)))
    result = collected.written([plan], is_partial=is_partial)
    ids = [line.partition('"id":"')[2].partition('"')[0] for line in result.text.decode().splitlines()[1:]]
    return result, " ".join(sorted(ids))


def test_a_line_that_is_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINE_BYTES", 2**20)
    path = tmp_path / "known.jsonl"
    path.write_text(FIRST_LINE + '{"id":"' + 2**20 * "a" + '"}\n')
    with pytest.raises(BaselineError, match=":2: the line is longer than 1 MiB"):
        read_baseline(path)


def test_entries_without_a_finding_go_and_waivers_that_count_stay(plan: Plan) -> None:
    expired = waiver(BEFORE, id="c")
    result, ids = written(plan, entry(id="a"), waiver(LATER, id="b"), expired, found=("d",))
    assert ids == "b d"
    assert (result.findings, result.waivers, result.kept, result.dropped) == (1, 1, 0, 2)


def test_a_run_that_did_not_judge_everything_drops_nothing(plan: Plan) -> None:
    result, ids = written(plan, entry(id="a"), is_partial=True, found=("d",))
    assert ids == "a d"
    assert (result.kept, result.dropped) == (1, 0)


def test_an_expired_waiver_does_not_become_a_plain_entry(plan: Plan) -> None:
    expired = waiver(BEFORE, id="c")
    result, ids = written(plan, expired, found=("c",))
    assert ids == "c"
    assert '"until":"2026-01-01"' in result.text.decode()
    assert (result.findings, result.waivers, result.expired) == (0, 1, 1)


def test_a_waiver_keeps_the_number_that_it_accepts(plan: Plan) -> None:
    result, _ = written(plan, waiver(LATER, 2.0, id="c"), found=("c",))
    assert '"measured":2.0' in result.text.decode()
    assert result.expired == 1


@pytest.mark.parametrize("outcome", ["cannot-evaluate", "rule-failed"])
def test_what_nobody_has_judged_is_never_written(outcome: Outcome, plan: Plan) -> None:
    collected = Collection(Baseline(""), TODAY)
    collected.add(judged(finding(outcome=outcome)))
    result = collected.written([plan], is_partial=False)
    assert (result.findings, result.unjudged) == (0, 1)
    assert result.text.count(b"\n") == 1


def test_of_a_finding_that_stands_twice_the_worse_number_is_kept(plan: Plan) -> None:
    for numbers in ((4.0, 6.0), (6.0, 4.0)):
        collected = Collection(Baseline(""), TODAY)
        for number in numbers:
            collected.add(judged(finding(number, 1.0)))
        assert b'"measured":6.0' in collected.written([plan], is_partial=False).text


def test_a_name_that_fills_an_entry_is_cut(plan: Plan) -> None:
    collected = Collection(Baseline(""), TODAY)
    collected.add(judged(finding(), task="7" * 2**20))
    assert len(collected.written([plan], is_partial=False).text) < 2**10
