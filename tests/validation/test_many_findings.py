"""A submission with more findings than anybody reads: no more is looked for, and little is held of each."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, count
from typing import TYPE_CHECKING, ClassVar

import pytest

from guidelint.annotation.neighbours import neighbours
from guidelint.annotation.region import Region
from guidelint.annotation.shape import KeyPoint
from guidelint.rules.relations.separate import Separate
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says, render
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure

UPON_EACH_OTHER = Case("boxes upon each other", {}, (Drawn(text="##"), Drawn(text="##"), Drawn(text="##")))


class Endless(SubmissionRule):
    """A rule that never comes to an end."""

    says: ClassVar[Mapping[str, Says]] = {"seen": Says("it was seen {times} times")}
    replied: ClassVar[list[int]] = []

    def check(self, submission: Submission) -> Iterator[Departure]:
        for times in count(1):
            self.replied.append(times)
            yield self.departs("seen", *submission.regions[:1], times=times)


def test_a_rule_is_asked_no_further_than_findings_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("ask", "judge"):
        monkeypatch.setattr(f"guidelint.validation.judging.{module}.MOST_FINDINGS", 5)
    monkeypatch.setattr(Endless, "replied", [])
    (submission,) = submissions_of(UPON_EACH_OTHER)
    verdict = judge(plan_of(AreaLimits(max_px=1), Endless()), submission)
    assert [finding.rule for finding in verdict.findings] == ["area-limits"] * 3 + ["endless"] * 2 + [
        "too-many-findings"
    ]
    assert Endless.replied == [1, 2, 3]


def test_findings_on_one_region_share_how_it_is_named() -> None:
    (submission,) = submissions_of(UPON_EACH_OTHER)
    plan = plan_of(AreaLimits(max_px=1), Separate(pairs=(("lesion", "lesion"),)))
    refs = [ref for finding in judge(plan, submission).findings for ref in finding.regions]
    assert (len(refs), len({id(ref) for ref in refs})) == (3 + 3 * 2, 3)


def test_what_a_rule_says_every_time_is_held_once() -> None:
    one, other = (render("it has {count} vertices", {"count": count}) for count in (3, 4))
    assert [part.text for part in other] == ["it has ", "4", " vertices"]
    assert (one[0] is other[0], one[2] is other[2]) == (True, True)


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_pairs_are_the_same_however_many_are_given_at_once(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.annotation.neighbours.GIVEN_AT_ONCE", at_once)
    monkeypatch.setattr("guidelint.annotation.neighbours.COMPARED_AT_ONCE", 30)
    regions = [Region(str(number), "a", KeyPoint(1.0, 1.0), (20, 20)) for number in range(12)]
    assert list(neighbours(regions, regions)) == list(combinations(regions, 2))
    assert list(neighbours(regions[:9], regions[9:])) == [(one, two) for one in regions[:9] for two in regions[9:]]
