"""Objects over the slices of a series: what each slice contributes, and the verdict once all are in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from guidelint.geometry.mask import MaskError
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.judging.ask import replies
from guidelint.validation.judging.judge import concerns, verdict_on
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.subject import Subject
from guidelint.validation.scopes.object import ObjectRule, SliceMeasure, slice_measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.reply import Reply

NO_NAME = (
    "its slices cannot be joined: the region has no object name. In Label Studio, name the object in the region's "
    "text, with the same name on every slice"
)
NO_READER = "its slices cannot be joined: the annotation does not say who made it"


@dataclass(frozen=True, slots=True)
class _Slice:
    """What one region contributes to its object under one check."""

    check: int
    """Position of the check in the plan."""
    object_name: str | None
    measure: SliceMeasure
    """Without values when it could not be measured."""
    problem: str | None = None
    """Why it could not be measured."""
    fault: str | None = None
    """How the rule failed, if it did."""


Series = tuple[str, str | None]
Version = tuple[str, str]


class ObjectLedger:
    """Collects what every slice contributes, by series and annotator; numbers only, no masks.

    Ledgers of the same plan that saw different submissions can be merged. Adding an annotation again replaces what it
    contributed before.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._checks = [
            (index, check, check.rule)
            for index, check in enumerate(plan.checks)
            if isinstance(check.rule, ObjectRule) and check.rule.of == "object"
        ]
        self._slices: dict[Series, dict[Version, tuple[_Slice, ...]]] = defaultdict(dict)

    def add(self, submission: Submission) -> None:
        """Take in one submission; nothing is kept of a skipped one, nor of an image that belongs to no series."""
        if not self._checks or submission.skipped:
            return
        for uid in dict.fromkeys(image.series_uid for image in (submission.image, *submission.images)):
            if uid:
                slices = tuple(self._contributions(submission, uid))
                self._slices[uid, submission.annotator][submission.task, submission.annotation] = slices

    def merge(self, other: ObjectLedger) -> None:
        """Take in what another ledger of the same plan collected."""
        for series, versions in other._slices.items():
            self._slices[series].update(versions)

    def verdicts(self) -> Iterator[Verdict]:
        """One verdict per series and annotator that has an object to judge, in a stable order."""
        for series in sorted(self._slices, key=lambda one: (one[0], one[1] or "")):
            slices = [one for _, version in sorted(self._slices[series].items()) for one in version]
            if slices:
                subject = Subject("series", series=series[0], annotator=series[1] or "")
                yield verdict_on(
                    self._plan, subject, self._findings(subject, slices, known_reader=series[1] is not None)
                )

    def _contributions(self, submission: Submission, series_uid: str) -> Iterator[_Slice]:
        regions = [region for region in submission.regions if submission.image_of(region).series_uid == series_uid]
        for index, check, rule in self._checks:
            for region in regions:
                if concerns(check, region):
                    yield _contribution(index, rule, region, submission)

    def _findings(self, subject: Subject, slices: list[_Slice], *, known_reader: bool) -> Iterator[Finding]:
        for index, check, rule in self._checks:
            of_check = [one for one in slices if one.check == index]
            joined, loose = _joined(of_check) if known_reader else ({}, of_check)
            for (_, name), parts in joined.items():
                yield from _named(name, replies(check, subject, partial(_judge, rule, parts)))
            if loose and rule.needs_all_slices():
                reason = NO_NAME if known_reader else NO_READER
                yield from replies(check, subject, partial(_cannot, reason, loose))


def _contribution(index: int, rule: ObjectRule, region: Region, submission: Submission) -> _Slice:
    values: tuple[float, ...] = ()
    problem, fault = None, None
    try:
        values = rule.measure(region)
    except (NotMeasurable, MaskError) as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001 - reported with the object, never passed over
        fault = f"{type(error).__name__}: {error}"
    measure = slice_measure(region, values, submission.task, submission.annotation)
    return _Slice(index, region.object_name, measure, problem, fault)


def _joined(slices: Iterable[_Slice]) -> tuple[dict[tuple[str | None, str], list[_Slice]], list[_Slice]]:
    """Slices by class and object name, and those that have no name."""
    joined: dict[tuple[str | None, str], list[_Slice]] = defaultdict(list)
    loose: list[_Slice] = []
    for one in slices:
        if one.object_name:
            joined[one.measure.class_name, one.object_name].append(one)
        else:
            loose.append(one)
    return joined, loose


class SliceFault(Exception):  # noqa: N818 - a fault of a rule, told apart from those of this module
    """A rule failed on one slice; the message says how."""


def _judge(rule: ObjectRule, parts: list[_Slice]) -> Iterable[Reply]:
    for one in parts:
        if one.fault is not None:
            raise SliceFault(one.fault)
    unknown = [one for one in parts if one.problem is not None]
    if unknown:
        return _cannot(unknown[0].problem or "it cannot be measured", unknown)
    return rule.check_object(tuple(one.measure for one in parts))


def _cannot(reason: str, slices: list[_Slice]) -> Iterator[CannotTell]:
    yield CannotTell(reason, tuple(one.measure for one in slices))


def _named(name: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Title regions as people find an object again: by its name, and the task it stands on."""
    for finding in findings:
        titled = (replace(ref, title=f"Object {name}: {ref.title} of task {ref.task}") for ref in finding.regions)
        yield replace(finding, regions=tuple(titled))
