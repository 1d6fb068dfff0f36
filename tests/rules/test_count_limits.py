"""What cases of ``count-limits`` cannot show: its place in a guideline, and what it says beside an empty reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from guidelint.imaging.facts import ImageFacts
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue
from guidelint.rules.classes.count_limits import Counted, CountLimits
from guidelint.validation.cases.run import plan_of
from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.judge import judge
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.several import split
from guidelint.validation.scopes.object import Mark

if TYPE_CHECKING:
    from guidelint.validation.judging.finding import Finding

EMPTY = "empty_reading: {means: There is nothing to see.}\n"


def limits(per: str) -> str:
    return f"{EMPTY}rules:\n  count-limits: {{min: 1, max: 5, per: {per}}}\n"


@pytest.mark.parametrize("per", ["series", "patient"])
def test_a_least_number_over_several_images_does_not_contradict_an_empty_one(per: str) -> None:
    plan = compile_plan(load(with_part(limits(per)), catalogue=catalogue()), catalogue())
    assert [check.rule for check in plan.checks if isinstance(check.rule, CountLimits)] == [
        CountLimits.model_validate({"min": 1, "max": 5, "per": per})
    ]


@pytest.mark.parametrize(("per", "code"), [("image", "empty-contradicted"), ("pateint", "unknown-value")])
def test_mistakes_are_told(per: str, code: str) -> None:
    with pytest.raises(GuidelineProblems) as raised:
        load(with_part(limits(per)), catalogue=catalogue())
    assert code in {problem.code for problem in raised.value.problems}


def test_over_a_patient_nothing_is_said_of_one_submission() -> None:
    handed = Handed(draws="#", image=ImageFacts(patient="P-1"))
    (submission,) = submissions_of(Case("test", {}, (handed,)))
    assert judge(plan_of(CountLimits(max=0, per="patient")), submission).findings == ()
    assert [one.kind for one in judge(plan_of(CountLimits(max=0)), submission).findings] == ["any"]


def test_where_the_patient_is_not_known_the_task_is_named_and_the_remedy() -> None:
    draws = Drawn(text="#", object_name="1")
    (submission,) = submissions_of(Case("test", {}, (Handed(draws=draws, task="9"),)))
    fold = Fold(plan_of(CountLimits(max=1, per="patient")))
    fold.add(submission)
    (verdict,) = fold.verdicts()
    (finding,) = verdict.findings
    assert (verdict.decision, verdict.subject.title) == ("unverified", "Patient not known of task 9")
    assert finding.regions == (), "the data of the task are at fault"
    assert "(0010,0020)" in finding.message
    assert "`images: keys: patient:`" in finding.message


def test_a_new_version_of_a_slice_counts_in_place_of_the_old() -> None:
    image = ImageFacts(patient="P-1")
    case = Case("test", {}, (Handed(draws=(Drawn(text="#"), Drawn(text="#")), image=image),))
    (old,) = submissions_of(case)
    fold = Fold(plan_of(CountLimits(max=1, per="patient")))
    fold.add(old)
    assert [verdict.decision for verdict in fold.verdicts()] == ["returned"]
    fold.add(replace(old, regions=old.regions[:1], updated_at=datetime(2026, 1, 1, tzinfo=UTC)))
    assert [verdict.decision for verdict in fold.verdicts()] == ["accepted"]


def of_one_patient(limits: CountLimits, *organs: str) -> tuple[Finding, ...]:
    drawn = tuple(
        Drawn(text="#", object_name=f"{organ} {at}", answers={"organ": organ}) for at, organ in enumerate(organs)
    )
    (submission,) = submissions_of(Case("test", {}, (Handed(draws=drawn, image=ImageFacts(patient="P-1")),)))
    fold = Fold(plan_of(limits))
    fold.add(submission)
    (verdict,) = fold.verdicts()
    return verdict.findings


def test_what_is_found_for_one_answer_is_the_same_whatever_is_found_for_another() -> None:
    none = CountLimits(max=0, per="patient", each="organ")
    (alone,) = of_one_patient(none, "lung")
    assert {one.message: one.id for one in of_one_patient(none, "liver", "lung")}[alone.message] == alone.id


def test_of_too_many_each_object_counts_by_itself_and_of_too_few_the_number_tells_all() -> None:
    (many,) = of_one_patient(CountLimits(max=1, per="patient"), "lung", "lung")
    (few,) = of_one_patient(CountLimits(min=3, per="patient"), "lung", "lung")
    assert (len(split(many.members)), len(split(few.members))) == (2, 0)


def test_what_is_counted_is_written_and_read_back() -> None:
    kept = Counted((Mark("r1", "Region 1", "lesion", 1, "7", "a7", 1, object_name="1"),))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(kept), type=CountLimits.contribution) == kept
