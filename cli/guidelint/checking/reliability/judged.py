"""Every reading with its verdict under every check, and with what was measured of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guidelint.checking.reliability.pushed import PushedLimit, pushed_limits
from guidelint.checking.reliability.readings import Readings
from guidelint.validation.judging.fold import Fold
from guidelint.validation.judging.judge import judge
from guidelint.validation.judging.measurement import measurement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.annotation.region_ref import RegionKey
    from guidelint.annotation.submission import Submission
    from guidelint.checking.reliability.readings import Reading
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.subject import Subject

Image = tuple[str, str]
"""Task and annotation: an image as one reader read it."""


@dataclass(slots=True)
class OfCheck:
    """What a check finds."""

    departs: set[RegionKey] = field(default_factory=set["RegionKey"])
    untold: set[RegionKey] = field(default_factory=set["RegionKey"])
    images_depart: set[Image] = field(default_factory=set["Image"])
    images_untold: set[Image] = field(default_factory=set["Image"])
    values: dict[RegionKey, float] = field(default_factory=dict["RegionKey", float])
    unit: str = ""
    limit: float | None = None
    """The limit as findings tell it, in their unit: percent, where a guideline has a fraction."""

    def take(self, finding: Finding, subject: Subject) -> None:
        """Take in a finding."""
        keys = {region.key(subject.task, subject.annotation) for region in finding.regions}
        departs = finding.outcome == "departs"
        (self.departs if departs else self.untold).update(keys)
        images = {key[:2] for key in keys} or ({(subject.task, subject.annotation)} if subject.annotation else set())
        (self.images_depart if departs else self.images_untold).update(images)
        told = measurement(finding.evidence)
        if departs and told.measured is not None:
            self.values.update(dict.fromkeys(keys, told.measured))
            self.unit, self.limit = told.unit, told.limit


@dataclass(slots=True)
class JudgedReadings:
    """All work of a delivery, judged once as the guideline asks and once with every limit moved."""

    plan: Plan
    limits: tuple[PushedLimit, ...]
    readings: Readings = field(default_factory=Readings)
    found: dict[str, OfCheck] = field(default_factory=lambda: defaultdict(OfCheck))
    """By the clause of the check."""
    images: dict[str, dict[str, Image]] = field(default_factory=lambda: defaultdict(dict[str, "Image"]))
    """Task → reader → what was handed in."""

    @classmethod
    def of(cls, plan: Plan, submissions: Iterable[Submission]) -> JudgedReadings:
        """Judge them. Raises ReliabilityError."""
        checks = tuple(check for check in plan.checks if is_applied_by_readers(check))
        limits = tuple(limit for check in checks for limit in pushed_limits(check))
        told = cls(replace(plan, checks=checks), limits)
        asked = replace(plan, checks=(*plan.checks, *(limit.moved for limit in limits)))
        fold = Fold(asked)
        for submission in submissions:
            if submission.skipped or submission.annotator is None:
                continue
            told.readings.add(submission)
            told.images[submission.task][submission.annotator] = submission.task, submission.annotation
            told._take(judge(asked, submission))
            fold.add(submission)
        for verdict in fold.verdicts():
            told._take(verdict)
        return told

    def _take(self, verdict: Verdict) -> None:
        for finding in verdict.findings:
            self.found[finding.clause].take(finding, verdict.subject)

    def any_says(self, checks: Sequence[Check], reading: Reading) -> bool | None:
        """Whether an object departs under one of the checks; None: that cannot be told."""
        found = [self.found[check.clause] for check in checks]
        if any(not of_check.departs.isdisjoint(reading.keys) for of_check in found):
            return True
        return None if any(not of_check.untold.isdisjoint(reading.keys) for of_check in found) else False

    def any_says_of_image(self, checks: Sequence[Check], image: Image) -> bool | None:
        """Whether anything on an image departs under one of the checks; None: that cannot be told."""
        found = [self.found[check.clause] for check in checks]
        if any(image in of_check.images_depart for of_check in found):
            return True
        return None if any(image in of_check.images_untold for of_check in found) else False

    def value(self, limit: PushedLimit, reading: Reading) -> float | None:
        """Give what was measured of an object, of several slices the largest; None: nothing could be."""
        values = self.found[limit.moved.clause].values
        return max((values[key] for key in reading.keys if key in values), default=None)


def is_applied_by_readers(check: Check) -> bool:
    """Whether a check depends on what one reader marks and answers."""
    scope = check.rule.scope
    return scope.sees_regions and scope.shown_to == "annotator" and not check.rule.of_people
