"""Findings that many contribute to: a group is known in any order, fewer of it too, and whatever joins it is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checking.finding_made import waiver

from guidelint.annotation.task_facts import TaskFacts
from guidelint.checking.baseline.collection import Collection
from guidelint.checking.baseline.comparison import Comparison
from guidelint.checking.baseline.reading import Baseline, read_baseline
from guidelint.checking.record import Judged
from guidelint.imaging.facts import ImageFacts
from guidelint.rules.classes.count_limits import CountLimits
from guidelint.rules.deliveries.complete_delivery import CompleteDelivery
from guidelint.rules.deliveries.copied_work import CopiedWork
from guidelint.rules.deliveries.double_work import DoubleWork
from guidelint.rules.deliveries.identical_shapes import IdenticalShapes
from guidelint.rules.work.minimum_time import MinimumTime
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.rule import Rule

TODAY = date(2026, 11, 27)
OUTLINE = Drawn(text="ab.\n..c\ned.", as_="polygon")
NAMES = tuple(map(str, range(1, 13)))
"""In the order of texts 10 stands before 2."""


@dataclass(frozen=True)
class Trouble:
    """A rule, and what each of some names adds to one finding of it."""

    rule: Rule
    least: int = 1
    """So many there must be for a finding."""

    def handed(self, name: str) -> Handed | None:
        """Give what is handed in under a name."""
        match self.rule:
            case IdenticalShapes() | CopiedWork():
                return Handed(task=name, draws=OUTLINE, annotator="ann")
            case DoubleWork(once="reader"):
                return Handed(task="1", annotation=name)
            case MinimumTime():
                return Handed(task=name, lead_time_s=1.0)
            case CountLimits():
                image = ImageFacts(spacing=ONE_MM, series_uid="1.2", patient="P-1")
                return Handed(task=name, image=image, draws=(Drawn(text="#", object_name=name),))
            case _:
                return None

    def verdicts(self, names: Iterable[str]) -> list[Verdict]:
        """Judge what these names hand in, in their order."""
        fold = Fold(plan_of(self.rule))
        fold.add_task(TaskFacts("done", images=("done.png",), annotations=1))
        for name in names:
            if handed := self.handed(name):
                for submission in submissions_of(Case("", {}, (handed,))):
                    fold.add(submission)
            else:
                fold.add_task(TaskFacts(name, images=("a.png",)))
        return list(fold.verdicts())


TROUBLES = (
    Trouble(CompleteDelivery()),
    Trouble(IdenticalShapes(min_tasks=2), 2),
    Trouble(CopiedWork(min_vertices=5), 2),
    Trouble(DoubleWork(once="reader"), 2),
    Trouble(DoubleWork(once="image"), 2),
    Trouble(MinimumTime(min_s=10, min_submissions=1)),
    Trouble(CountLimits(max=0, per="patient")),
)


def baseline(tmp: Path, verdicts: Sequence[Verdict], previous: Baseline | None = None) -> Baseline:
    """Write what was found into a baseline, and read it."""
    collection = Collection(previous or Baseline(""), TODAY)
    for verdict in verdicts:
        collection.add(Judged("", verdict))
    path = tmp / "known.jsonl"
    path.write_bytes(collection.written([plan_of()], is_partial=False).text)
    return read_baseline(path)


def new_because(known: Baseline, verdicts: Sequence[Verdict]) -> list[str | None]:
    """Why each finding is new; empty: it is known; None: the baseline has no entry for it."""
    comparison = Comparison(known, TODAY)
    records = [comparison.compared(Judged("", verdict)) for verdict in verdicts]
    standings = [record.standing(finding) for record in records for finding in record.verdict.findings]
    return [None if one is None else one.new_because for one in standings]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("known")


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: str(trouble.rule.id()))
@given(data=st.data())
def test_a_group_is_known_as_long_as_nothing_joins_it(trouble: Trouble, data: st.DataObject, folder: Path) -> None:
    some = st.lists(st.sampled_from(NAMES), unique=True, min_size=trouble.least)
    before, now = data.draw(some), data.draw(some)
    (said,) = new_because(baseline(folder, trouble.verdicts(before)), trouble.verdicts(now))
    joined = set(now) - set(before)
    assert said is not None, "it keeps its identity"
    if joined:
        assert said.startswith(f"{len(joined)} more than known: ")
    else:
        assert said == ""


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: str(trouble.rule.id()))
@given(order=st.permutations(NAMES))
def test_the_order_of_a_group_changes_nothing_of_its_finding(trouble: Trouble, order: list[str]) -> None:
    assert trouble.verdicts(order) == trouble.verdicts(NAMES)
    (finding,) = (finding for verdict in trouble.verdicts(order) for finding in verdict.findings)
    places = [[name for name in NAMES if name in {ref.task, ref.annotation}][-1:] for ref in finding.regions]
    assert places == [[name] for name in NAMES], "named as people count"


def test_another_set_of_equal_size_is_new_and_says_which(tmp_path: Path) -> None:
    trouble = Trouble(CompleteDelivery())
    known = baseline(tmp_path, trouble.verdicts(("1", "2")))
    assert new_because(known, trouble.verdicts(("2", "3"))) == ["1 more than known: Task 3"]


def test_a_waiver_that_tells_only_the_id_covers_whatever_joins() -> None:
    trouble = Trouble(CompleteDelivery())
    (finding,) = (finding for verdict in trouble.verdicts(("1",)) for finding in verdict.findings)
    known = Baseline("known", entries={finding.id: waiver(date(2027, 1, 1), id=finding.id)})
    assert new_because(known, trouble.verdicts(("1", "2"))) == [""]


def test_a_baseline_written_over_keeps_which_they_are_now(tmp_path: Path) -> None:
    trouble = Trouble(CompleteDelivery())
    first = baseline(tmp_path, trouble.verdicts(("1", "2", "3")))
    second = baseline(tmp_path, trouble.verdicts(("2",)), first)
    assert new_because(second, trouble.verdicts(("2",))) == [""]
    assert new_because(second, trouble.verdicts(("1",))) == ["1 more than known: Task 1"]


def test_more_than_can_be_listed_are_told_apart_all_the_same(tmp_path: Path) -> None:
    trouble, names = Trouble(CompleteDelivery()), [str(number) for number in range(1, 3001)]
    known = baseline(tmp_path, trouble.verdicts(names))
    assert new_because(known, trouble.verdicts(names[::-1])) == [""]
    assert new_because(known, trouble.verdicts(names[5:])) == [""]
    assert new_because(known, trouble.verdicts((*names[5:], "4000"))) == ["1 more than known"]


@pytest.mark.parametrize(
    ("trouble", "name"),
    [
        (TROUBLES[0], "complete-delivery on the delivery"),
        (TROUBLES[5], "minimum-time on annotator ann"),
        (TROUBLES[6], "count-limits on patient P-1"),
    ],
)
def test_an_entry_is_named_by_what_it_is_about(trouble: Trouble, name: str, tmp_path: Path) -> None:
    (entry,) = baseline(tmp_path, trouble.verdicts(("1", "2"))).entries.values()
    assert entry.name == name
    assert entry.count == 2
