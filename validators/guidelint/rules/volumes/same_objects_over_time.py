"""The rule ``same-objects-over-time``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both
from guidelint.validation.scopes.annotator import NO_ANNOTATOR
from guidelint.validation.scopes.object import NO_NAME, Mark, mark_of
from guidelint.validation.scopes.patient import PATIENT
from guidelint.validation.time_point import time_point

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure, Reply
    from guidelint.validation.rule.scope import Share


@dataclass(frozen=True, slots=True)
class Visit:
    """What one submission has of one time point: nothing counts as well."""

    key: str
    """What tells it from others."""
    title: str
    """For people."""
    day: str
    """Day of the study; empty: not known."""
    marks: tuple[Mark, ...]


def _read(
    names: str,
    at: str | None,
    *,
    of: str = "lesion",
    study: str | None = None,
    day: date | None = None,
    task: str = "1",
) -> Handed:
    """Hand in one slice of a patient with the objects that it names, `-` for one without a name."""
    drawn = tuple(Drawn(text="#", class_name=of, object_name=None if name == "-" else name) for name in names.split())
    image = ImageFacts(spacing=ONE_MM, patient="P-1", time_point=at, study_uid=study, study_date=day)
    return Handed(draws=drawn, task=task, image=image)


class SameObjectsOverTime(GatheringRule[Visit]):
    """An object of a patient is marked at every time point at which the patient was imaged.

    ## Why
    A change is the difference of two measurements of one lesion. One that is measured at baseline and forgotten at a
    follow-up, or that bears another name there, has none, and the sum over all lesions shrinks for no reason.

    ## How it is measured
    What bears one name and one class is one object, over all images of the patient that one annotator has read. It must
    be marked on at least one image of every time point; a time point without any mark is one as well. Images of one
    time point are those with one name of it, Clinical Trial Time Point ID (0012,0050), whether in small or in capital
    letters; where the task data do not tell it, each study is a time point. What may appear or vanish needs a class of
    which this is not asked.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026) measures every target lesion of baseline at each
    follow-up.
    """

    scope = PATIENT
    contribution = Visit
    compares_time_points = True
    needs = frozenset({"object names", "separate objects"})
    says = {
        "missing": Says(
            "it is marked at {there}, but not at {missing}",
            "Look for it there, and mark it under the same name.",
            "Have it looked for there, and marked under the same name.",
            of_first=True,
            of_absence=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every {names.kind} of a patient is marked at each time point, under the same object name."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"any {names.kind} of a patient is marked at one time point and not at another"

    def gather(self, share: Share) -> Iterator[Gathered[Visit]]:
        """Contribute what is marked at each time point."""
        submission = share.submission
        images = [image for image in submission.images if image.patient == share.subject.name]
        marks: dict[str, list[Mark]] = defaultdict(list)
        for region in share.regions:
            image = submission.image_of(region)
            images.append(image)
            marks[time_point(image)[0]].append(mark_of(region, submission))
        for (key, title), day in {time_point(image): image.study_date for image in images}.items():
            yield Gathered(Visit(key, title, str(day or ""), tuple(marks[key])))

    def check_gathered(self, contributions: Sequence[Contributed[Visit]]) -> Iterator[Reply]:
        """Look for each object at every time point."""
        if None in {one.annotator for one in contributions}:
            raise NotMeasurable(NO_ANNOTATOR)
        visits = [one.value for one in contributions]
        if nameless := tuple(mark for visit in visits for mark in visit.marks if not mark.object_name):
            yield CannotTell(NO_NAME, nameless)
        titles = {visit.key: visit.title for visit in sorted(visits, key=lambda visit: (visit.day, visit.key))}
        objects: dict[str, dict[str, Mark]] = defaultdict(dict)
        for visit in visits:
            for mark in visit.marks:
                if mark.object_name:
                    objects[mark.object_key].setdefault(visit.key, mark)
        for about, marks in objects.items():
            if len(marks) < len(titles):
                yield self._missing(about, marks, titles)

    def _missing(self, about: str, marks: Mapping[str, Mark], titles: Mapping[str, str]) -> Departure:
        there = both(title for key, title in titles.items() if key in marks)
        missing = both(title for key, title in titles.items() if key not in marks)
        return self.departs("missing", *marks.values(), about=about, there=there, missing=missing)

    cases = (
        Case("marked at both time points", {}, (_read("1 2", "baseline"), _read("2 1", "Week-8", task="2"))),
        Case(
            "forgotten at one of three time points",
            {},
            (_read("1", "baseline"), _read("", "week-8", task="2"), _read("1", "week-16", task="3")),
            finds="it is marked at baseline and week-16, but not at week-8",
        ),
        Case(
            "on one image of each time point, whatever they are called in large and small letters",
            {},
            (
                _read("1", "baseline"),
                _read("", "Baseline", task="2"),
                _read("", "week-8", task="3"),
                _read("1", "WEEK-8", task="4"),
            ),
        ),
        Case(
            "it appears at a follow-up, and the studies tell the time points in the order of their days",
            {},
            (
                _read("", None, study="1.9", day=date(2024, 1, 31)),
                _read("", None, study="1.7", day=date(2024, 3, 1), task="2"),
                _read("1", None, study="1.8", day=date(2024, 2, 1), task="3"),
            ),
            finds="at study 1.8 of 2024-02-01, but not at study 1.9 of 2024-01-31 and study 1.7 of 2024-03-01",
        ),
        Case(
            "studies without a day",
            {},
            (_read("", None, study="1.2"), _read("1", None, study="1.1", task="2")),
            finds="it is marked at study 1.1, but not at study 1.2",
        ),
        Case(
            "two studies of one time point",
            {},
            (_read("1", "baseline", study="1.1"), _read("", "baseline", study="1.2", task="2")),
        ),
        Case("only one time point", {}, (_read("1", "baseline"), _read("2", "baseline", task="2"))),
        Case(
            "each object that is missing by itself",
            {},
            (_read("1 2 3", "baseline"), _read("2", "week-8", task="2")),
            finds="it is marked at baseline, but not at week-8",
            times=2,
        ),
        Case(
            "an object of another class bears the same name",
            {},
            (_read("1", "baseline"), _read("1", "week-8", of="cyst", task="2")),
            finds="it is marked at",
            times=2,
        ),
        Case(
            "of what bears no name it cannot be told",
            {},
            (_read("-", "baseline"), _read("-", "week-8", task="2")),
            cannot="name the object",
        ),
        Case(
            "at which time point it was is not known",
            {},
            (_read("1", None),),
            cannot="the time point of the image is not known: the task data do not say; deliver Clinical Trial",
        ),
        Case(
            "whose reading it is, is not known",
            {},
            (Handed(draws="#", annotator=None, image=ImageFacts(patient="P-1", time_point="baseline")),),
            cannot="the annotation does not say who made it",
        ),
    )
