"""Whatever happens in a project, the service holds of every subject the verdict that a check of its export gives."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.examples import examples
from tests.service.bench import SERVER, Bench, box, make_bench
from tests.service.subject_rules import (
    ALIKE_OR_RETURNED,
    FAILS_PX,
    IN_SERIES,
    NOT_MEASURED_PX,
    OF_ANNOTATOR,
    OF_DELIVERY,
    WITH_THEM,
    plan_over,
)
from tests.service.subject_tables import checked, now_and_then, stored

from guidelint.annotation.vocabulary import ClassEntry
from guidelint.rules.agreement.answer_agreement import AnswerAgreement
from guidelint.rules.agreement.enough_readers import EnoughReaders
from guidelint.rules.agreement.overlap_agreement import OverlapAgreement
from guidelint.rules.answers.derived_at_time_points import DerivedAtTimePoints
from guidelint.rules.answers.derived_change import DerivedChange
from guidelint.rules.answers.derived_change_of_object import DerivedChangeOfObject
from guidelint.rules.answers.derived_course_of_object import DerivedCourseOfObject
from guidelint.rules.answers.derived_from_all import DerivedFromAll
from guidelint.rules.answers.derived_from_time_points import DerivedFromTimePoints
from guidelint.rules.answers.derived_of_object import DerivedOfObject
from guidelint.rules.answers.derived_rank import DerivedRank
from guidelint.rules.answers.same_answer_over_time import SameAnswerOverTime
from guidelint.rules.catalogue import catalogue
from guidelint.rules.classes.count_limits import CountLimits
from guidelint.rules.classes.geometry_by_size import GeometryBySize, SizeBand
from guidelint.rules.deliveries.class_balance import ClassBalance
from guidelint.rules.deliveries.complete_delivery import CompleteDelivery
from guidelint.rules.deliveries.copied_work import CopiedWork
from guidelint.rules.deliveries.double_work import DoubleWork
from guidelint.rules.deliveries.identical_shapes import IdenticalShapes
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.rules.volumes.no_slice_gap import NoSliceGap
from guidelint.rules.volumes.same_objects_over_time import SameObjectsOverTime
from guidelint.rules.volumes.volume_limits import VolumeLimits
from guidelint.rules.work.minimum_time import MinimumTime
from guidelint.service.store.base.database import store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.validation.criteria.criteria import AtOther, Criteria, Way
from guidelint.validation.derivation import ChangeBand, ChangeOf, Derivation, Part, ToldSource
from guidelint.validation.follows_from import FollowsFrom
from guidelint.validation.judging.plan import Check
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.gathering import GatheringRule

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from guidelint.labelstudio.fake.fake import Json
    from guidelint.validation.judging.plan import Plan

pytestmark = pytest.mark.many

SMALL_RULES = (ALIKE_OR_RETURNED, IN_SERIES, OF_ANNOTATOR, OF_DELIVERY)
WIDTHS = Derivation(how="sum", parts=(Part(measured="width", classes=("lesion",)),), unit="mm")
GROWTH = ChangeOf(
    question="sum",
    derivation=WIDTHS,
    bands=(ChangeBand(option="grown", since_smallest=Between(above=0)), ChangeBand(option="not-grown")),
)
VOLUME = Derivation(how="sum", parts=(Part(measured="volume", classes=("lesion",)),), unit="ml", is_entered=False)
RANK = Derivation(how="rank", per="patient", terms=(FollowsFrom(question="points", of=("lesion",)),), is_entered=False)
RESPONSE = (ToldSource(question="response", derivation=Derivation(how="sum"), change=GROWTH),)
OVERALL = Derivation(how="worst-of", terms=(FollowsFrom(question="response"),), steps=("not-grown", "grown"))
BEST = Derivation(
    how="first-of",
    terms=(FollowsFrom(question="response"),),
    first_of=(Way(option="yes", criteria=Criteria(ever=Criteria(answer={"response": ("grown",)}))), Way(option="no")),
)
NEW = Derivation(
    how="first-of",
    first_of=(
        Way(option="new", criteria=Criteria(earlier=AtOther(which="every", is_marked=False))),
        Way(option="as-before"),
    ),
)
RULES = (
    Check(EnoughReaders(min=2), "readers.rules.enough-readers"),
    Check(OverlapAgreement(min_dice=0.9), "readers.rules.overlap-agreement"),
    Check(CompleteDelivery(skipped_is_done=False), "delivery.rules.complete-delivery"),
    Check(ClassBalance(max_imbalance=1.5, from_count=2), "delivery.rules.class-balance"),
    Check(DoubleWork(), "delivery.rules.double-work"),
    Check(IdenticalShapes(min_tasks=2), "delivery.rules.identical-shapes"),
    Check(CopiedWork(min_px=1, min_plain=1), "delivery.rules.copied-work"),
    Check(MinimumTime(min_s=5.0, min_submissions=2), "annotators.rules.minimum-time"),
    Check(CountLimits(per="patient", max=1), "rules.patient"),
    Check(CountLimits(per="series", max=1), "rules.series"),
    Check(CountLimits(per="study", max=1), "rules.study"),
    Check(NoSliceGap(), "rules.no-slice-gap"),
    Check(SameObjectsOverTime(), "rules.same-objects-over-time"),
    Check(SameAnswerOverTime(attribute="sure", classes=("lesion",)), "rules.same-answer-over-time"),
    Check(DerivedFromAll(attribute="sum", derivation=WIDTHS, per="series"), "attributes.sum.gathered"),
    Check(DerivedChange(attribute="response", change=GROWTH), "attributes.response.change"),
    Check(AnswerAgreement(attribute="sure"), "readers.rules.answer-agreement"),
    Check(DerivedOfObject(attribute="volume", derivation=VOLUME, classes=("lesion",)), "attributes.volume.of_object"),
    Check(DerivedRank(attribute="rank", derivation=RANK, classes=("lesion",)), "attributes.rank.ranked"),
    Check(DerivedChangeOfObject(attribute="growth", classes=("lesion",)), "attributes.growth.change_of_object"),
    Check(
        DerivedAtTimePoints(attribute="overall", derivation=OVERALL, sources=RESPONSE),
        "attributes.overall.at_time_points",
    ),
    Check(
        DerivedFromTimePoints(attribute="best", derivation=BEST, sources=RESPONSE), "attributes.best.from_time_points"
    ),
    Check(
        DerivedCourseOfObject(attribute="course", classes=("lesion",), derivation=NEW),
        "attributes.course.course_of_object",
    ),
    Check(DiameterLimits(longest_max_mm=40.0), "rules.diameter-limits"),
    Check(VolumeLimits(max_ml=4.0), "rules.volume-limits"),
    Check(
        GeometryBySize(bands=(SizeBand(below_mm=30.0, tools=("keypoint",)), SizeBand(tools=("rectangle",)))),
        "rules.geometry-by-size",
    ),
)
LYING = {"ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
FIRST = {"StudyInstanceUID": "1", "StudyDate": "2026-01-01"}
LATER = {"StudyInstanceUID": "2", "StudyDate": "2026-03-01"}
TASKS: tuple[Json, ...] = (
    {
        "image": "/1.png",
        "SeriesInstanceUID": "1.2",
        "PatientID": "P",
        "ImagePositionPatient": [0, 0, 0],
        **LYING,
        **FIRST,
    },
    {
        "image": "/2.png",
        "SeriesInstanceUID": "1.2",
        "PatientID": "P",
        "ImagePositionPatient": [0, 0, 5],
        **LYING,
        **FIRST,
    },
    {"image": "/1.png", "SeriesInstanceUID": "1.3", "PatientID": "P", **LATER},
    {"image": "/4.png", "PixelSpacing": None},
)


def named(drawn: Sequence[Json], name: str, label: str = "lesion") -> list[Json]:
    """Give a region an object name, and perhaps another class."""
    return [{**one, "meta": {"text": [name]}, "value": {**one["value"], "rectanglelabels": [label]}} for one in drawn]


DRAWN: tuple[list[Json], ...] = (
    box(20),
    box(35),
    box(50),
    box(1),
    box(FAILS_PX),
    box(NOT_MEASURED_PX),
    [],
    named(box(20), "a"),
    named(box(45), "b"),
    named(box(20), "a", "cyst"),
)
DEEDS = ["submit", "submit", "update", "delete", "skip", "break", "deliver twice", "begin", "predict", "lose"]
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from([*DEEDS, "work", "wait", "sweep", "kill"]),
        st.integers(0, len(TASKS) - 1),
        st.integers(0, len(DRAWN) - 1),
        st.integers(1, 2),
    ),
    min_size=4,
    max_size=16,
)


def test_every_rule_above_the_submission_is_among_them() -> None:
    gathering = {name for name, rule in catalogue().items() if issubclass(rule, GatheringRule)}
    assert {check.rule.id() for check in RULES} == gathering


@pytest.mark.parametrize("checks", [SMALL_RULES, RULES], ids=["small rules", "rules of the catalogue"])
@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happenings=HAPPENINGS)
def test_any_order_partition_and_repetition_gives_the_verdicts_of_check(
    monkeypatch: pytest.MonkeyPatch, checks: tuple[Check, ...], happenings: list[tuple[str, int, int, int]]
) -> None:
    monkeypatch.setattr("guidelint.service.store.projects.catalogue", lambda: WITH_THEM)
    with _bench(_plan(checks)) as bench:
        tasks = [bench.task(**data) for data in TASKS]
        for name, slot, drawn, user in happenings:
            _happen(bench, name, tasks[slot], drawn, user)
        bench.dropping = False
        _work(bench)
        Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
        _work(bench)
        now_and_then(bench)
        assert stored(bench) == checked(bench)
        assert now_and_then(bench) == 0


@cache
def _empty_store() -> Path:
    """A store with its schema and nothing else, made once."""
    place = Path(mkdtemp()) / "store.db"
    migrate(store_url(str(place)))
    return place


def _plan(checks: tuple[Check, ...]) -> Plan:
    whole = plan_over(*checks)
    cyst = ClassEntry(title="Cyst", tools=("rectangle",), labels=("cyst",))
    vocabulary = structs.replace(whole.vocabulary, classes={**whole.vocabulary.classes, "cyst": cyst})
    return replace(whole, vocabulary=vocabulary).sealed()


@contextmanager
def _bench(plan: Plan) -> Generator[Bench]:
    with TemporaryDirectory() as folder:
        shutil.copy(_empty_store(), Path(folder) / "store.db")
        bench = make_bench(Path(folder), plan)
        try:
            yield bench
        finally:
            bench.client.close()
            bench.engine.dispose()


def _happen(bench: Bench, name: str, task: int, drawn: int, user: int) -> None:
    annotations = bench.fake.tables.annotations.values()
    own = [one["id"] for one in annotations if one["task"] == task and one["completed_by"] == user]
    match name:
        case "submit" if not own:
            bench.fake.submit(task, DRAWN[drawn], user=user, lead_time=float(drawn))
        case "update" if own:
            bench.fake.update(own[0], result=DRAWN[drawn])
        case "break" if own:
            bench.fake.update(own[0], result={"not": "a list"})
        case "skip" if own:
            bench.fake.update(own[0], was_cancelled=True)
        case "delete" if own:
            bench.fake.delete(own[0])
        case "deliver twice" if own:
            bench.fake.update(own[0])
        case "begin":
            bench.fake.begin(task, [], user)
        case "predict":
            bench.fake.answer("POST", "/api/predictions/", {}, b'{"task": %d, "result": []}' % task, "token-1")
        case "lose":
            bench.dropping = not bench.dropping
        case _:
            _go_on(bench, name, drawn)


def _go_on(bench: Bench, name: str, commits: int) -> None:
    match name:
        case "work":
            _work(bench)
        case "wait":
            now_and_then(bench)
        case "sweep":
            Sweep(bench.engine, {SERVER: bench.client}).all_projects()
        case "kill":
            _work_until_killed(bench, commits)
        case _:
            return


def _work(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM claims"))
        connection.execute(sa.text("UPDATE inbox SET not_before = '', starts = 0"))
    bench.worker.work_off()


def _work_until_killed(bench: Bench, commits: int) -> None:
    """End in the middle of a job, after so many commits."""

    class Killed(BaseException):
        pass

    left, commit = [commits], bench.engine.dialect.do_commit

    def count(connection: sa.PoolProxiedConnection) -> None:
        if not left[0]:
            raise Killed
        left[0] -= 1
        commit(connection)

    bench.engine.dialect.do_commit = count  # type: ignore[method-assign, assignment]
    try:
        bench.worker.work_off()
    except Killed:
        pass
    finally:
        bench.engine.dialect.do_commit = commit  # type: ignore[method-assign]
