"""The rule ``derived-change-of-object``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.derivation import ChangeOfObject
from guidelint.validation.deriving.objects_over_time import AtVisit, marked_at, objects_over_time
from guidelint.validation.deriving.of_object import AtPoint, ChangeOfNumbers, Numbers, OnImage
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.wording import both
from guidelint.validation.scopes.object import NO_NAME, Mark, mark_of
from guidelint.validation.told_of_several import AT_TIME_POINT, ListedTimePoints, ToldOfSeveral, says_what_follows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.annotation.region import Region, Value
    from guidelint.annotation.submission import Submission
    from guidelint.geometry.spacing import Spacing
    from guidelint.validation.deriving.follows import Follows
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Share

_GIVEN = "`derive: {change_of: …}` of a question of regions"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedThen(Mark):
    """What marks an object on one image, and its numbers there."""

    numbers: Numbers


_LIMITS: dict[str, Any] = {"since_smallest_percent": {"at_least": 20}, "since_smallest": {"at_least": 2}}


def _asked(question: str, unit: str = "mm", *, required: bool = True) -> dict[str, Any]:
    return {"question": question, "of": ["lesion"], "unit": unit, "required": required}


_LENGTHS = [_asked("long"), _asked("wide"), _asked("high")]
_ELLIPSOID = {"how": "product", "terms": _LENGTHS, "times": 0.5236, "unit": "ml", "is_entered": False}
_GROWTH: dict[str, Any] = {
    "numbers": [*({"asked": one} for one in _LENGTHS), {"asked": _asked("volume", "ml"), "derivation": _ELLIPSOID}],
    "bands": [
        {"option": "grown", "of": ["long", "wide", "high"], "in_at_least": 2, **_LIMITS},
        {"option": "grown", "of": ["volume"], "since_smallest_percent": {"at_least": 50}},
        {"option": "not-grown"},
    ],
}
_OPEN = {**_GROWTH, "numbers": [{"asked": _asked(one, required=False)} for one in ("long", "wide", "high")]}
_OPEN["bands"] = [_GROWTH["bands"][0], _GROWTH["bands"][2]]
_DRAWN: dict[str, Any] = {
    "numbers": [
        {
            "asked": _asked("size"),
            "derivation": {"how": "sum", "parts": [{"measured": "width", "classes": ["lesion"]}], "unit": "mm"},
        }
    ],
    "bands": [{"option": "grown", **_LIMITS}, {"option": "shrunk", "since_baseline": {"below": 0}}],
}

_CORE: dict[str, Any] = {
    "numbers": [
        {"asked": _asked("mean")},
        {"asked": {**_asked("core"), "when": {"texture": ["part-solid"]}, "open_when": {"texture": ["solid"]}}},
    ],
    "bands": [
        {"option": "grown", "of": ["mean"], "since_smallest": {"above": 1.5}},
        {"option": "grown", "of": ["core"], "since_smallest": {"above": 1.5}},
        {"option": "not-grown"},
    ],
}

_GIVEN_GROWTH = {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH}


def _read(
    month: int | None,
    *sizes: tuple[float | None, ...],
    name: str | None = "1",
    point: str | None = None,
    study: str | None = "",
    by: str | None = "ann",
    task: str = "",
) -> Handed:
    """Hand in an image of a visit with one region for each list of sizes: length, width and height of one object."""
    day = None if month is None else date(2026, month, 1)
    uid = f"1.{month}" if study == "" else study
    image = ImageFacts(spacing=ONE_MM, patient="P-1", study_uid=uid, study_date=day, time_point=point)
    drawn = tuple(_lesion(each, name) for each in sizes)
    return Handed(draws=drawn, task=task or f"{month}", image=image, annotator=by)


def _lesion(sizes: tuple[float | None, ...], name: str | None) -> Drawn:
    answers: dict[str, Value] = {
        question: size for question, size in zip(("long", "wide", "high"), sizes, strict=False) if size is not None
    }
    return Drawn(text="#", object_name=name, answers=answers)


def _nodule(month: int, texture: str, mean: float, core: float | None = None) -> Handed:
    """Hand in an image of a visit with a nodule, of which the solid part is asked only where it is part-solid."""
    image = ImageFacts(spacing=ONE_MM, patient="P-1", study_uid=f"1.{month}", study_date=date(2026, month, 1))
    answers: dict[str, Value | tuple[Value, ...]] = {"texture": texture, "mean": mean}
    if core is not None:
        answers["core"] = core
    return Handed(draws=Drawn(text="#", object_name="1", answers=answers), task=f"{month}", image=image)


def _drawn(month: int, text: str, spacing: Spacing | None = ONE_MM) -> Handed:
    """Hand in an image of a visit with an object as it is drawn."""
    image = ImageFacts(spacing=spacing, patient="P-1", study_uid=f"1.{month}", study_date=date(2026, month, 1))
    return Handed(draws=Drawn(text=text, object_name="1"), task=f"{month}", image=image)


class DerivedChangeOfObject(ToldOfSeveral[AtVisit[MarkedThen]]):
    """An answer that follows from the change of one object over the time points of a patient is told.

    ## Why
    Whether a nodule has grown is asked of each nodule, in each of its dimensions. Of a sum over all nobody can tell
    which has, and by eye a nodule that grows by a fifth in a year looks the same each time.

    ## How it is measured
    What bears one name and one class is one object, over all images of the patient that one annotator has read. At each
    time point each number counts with the largest of its images: a lesion measured in two planes counts with the larger
    one. A number is entered, or it is a size of what is drawn, or a product of numbers that were entered. Studies of
    one time point, or of one day (Study Date (0008,0020)), count together, in the order of their days. Where the
    guideline lists its time points (`images: time_points:`), nothing can be told where the first of them is not among
    what the annotator has read, or where the days tell another order.

    At each later time point each number is compared with that of the first time point at which the object is marked,
    and with the smallest before. Of `changes:` the first option counts whose limits hold, in as many of the numbers as
    `in_at_least` says, or in each. It cannot be told where a number that must be there is missing and the answer
    depends on it; where it may be left out and was, it is not compared, and nothing follows where the answer depends
    on it. What was asked of the object at no time point so far counts nothing: the change is then of the other numbers.
    What is asked at one of two time points alone counts as left out. A time point at which the object is not marked is
    left out: `same-objects-over-time` tells of it. Where there are several time points, a region without an object name
    cannot be compared with any.

    Nobody enters the value: it is told once all tasks of the patient are in, and decides nothing, unless an escalation
    names it (`answer-escalates`).

    Where nothing follows, a note says why. Where an escalation names it, the patient is then not accepted: whether it
    escalates is not known.

    ## Source
    ACR TI-RADS (Tessler et al. 2017, doi 10.1016/j.jacr.2017.01.046): grown is what grew by 20 % and 2 mm in two
    dimensions, or by 50 % in volume.
    """

    change: Annotated[ChangeOfObject, From("attributes.*.change_of_object", given=_GIVEN, fills_in=True)] = (
        ChangeOfObject(numbers=(), bands=())
    )
    """Of what it is the change, and which leads to which answer."""
    classes: Annotated[Classes, Concerned(asked="attribute"), From("attributes.*.of", fills_in=True)] = ()
    """Classes whose objects are followed."""
    time_points: ListedTimePoints = ()
    """Time points in the order in which they come; none: as their days tell."""

    contribution = AtVisit[MarkedThen]
    compares_time_points = True
    follows = "attributes.*.change_of_object"
    needs = frozenset({"answers", "object names", "separate objects"})
    says = says_what_follows(AT_TIME_POINT, of_first=True)

    def told_of(self, names: Names) -> str:
        """Name the question, and of what it is told."""
        asked = names.question(self.attribute, self.title)
        return f"{asked} of any {names.kinds(self.classes or names.concerned)} at a time point of a patient"

    def told_sources(self, names: Names) -> str:
        """Name to annotators of what it is the change."""
        return f"the change of {both(names.question(one.asked.question) for one in self.change.numbers) or 'numbers'}"

    def gather(self, share: Share) -> Iterator[Gathered[AtVisit[MarkedThen]]]:
        """Contribute what is marked at each study, and its numbers."""
        yield from map(Gathered, marked_at(share, self.classes, self._marked))

    def _marked(self, region: Region, submission: Submission) -> MarkedThen:
        numbers = OnImage(region, submission, self.known_titles).numbers(self.change.numbers)
        return MarkedThen(**mark_of(region, submission).given, numbers=numbers)

    def follows_from(self, contributed: Sequence[AtVisit[MarkedThen]]) -> Iterator[Reply]:
        """Follow each object from its first time point on."""
        objects = objects_over_time(contributed, self.time_points)
        if objects.nameless:
            yield CannotTell(NO_NAME, objects.nameless)
        for key, at in objects.each():
            yield from self._followed(key, {point: marks for point, marks in at.items() if marks})

    def _followed(self, key: str, marks: Mapping[str, Sequence[MarkedThen]]) -> Iterator[Reply]:
        """Compare each time point of an object with those before."""
        at = [AtPoint(point, [mark.numbers for mark in of_it]) for point, of_it in marks.items()]
        for place, now in enumerate(at[1:], 1):
            regions = tuple(marks[now.point])
            follows: Follows
            try:
                follows = ChangeOfNumbers(self.change, now, at[:place], self.known_titles).derived()
            except LeftOpen as error:
                follows = error
            except NotMeasurable as error:
                yield CannotTell(f"{self.title or self.attribute} at {now.point}: {error}", regions, of_absence=True)
                continue
            about = f"{key}\x1f{now.point}"
            yield from self.tells(follows, about=about, regions=regions, time_point=now.point, position=place)

    cases = (
        Case(
            "grown by a fifth and 2 mm in two of three dimensions",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (10, 10, 10)),
                _read(3, (12, 12.5, 10)),
            ),
            finds=(
                "growth at 2026-03-01 is grown: long 12\N{NO-BREAK SPACE}mm, +20.0 % of 10\N{NO-BREAK SPACE}mm since"
                " 2026-01-01; wide 12.5\N{NO-BREAK SPACE}mm, +25.0 % of 10\N{NO-BREAK SPACE}mm since 2026-01-01"
            ),
        ),
        Case(
            "in one dimension alone, and by less than half in volume",
            {**_GIVEN_GROWTH, "titles": {"not-grown": "Not grown"}, "question_titles": {"volume": "Volume"}},
            (
                _read(1, (10, 10, 10)),
                _read(3, (13, 11, 10)),
            ),
            finds="growth at 2026-03-01 is Not grown: long 13\N{NO-BREAK SPACE}mm, +30.0 %",
        ),
        Case(
            "by half in volume, and by less than a fifth in each dimension",
            {**_GIVEN_GROWTH, "title": "Growth", "option_titles": {"echo": {"hypo": "Dark"}}},
            (
                _read(1, (10, 10, 10)),
                _read(3, (11.6, 11.6, 11.6)),
            ),
            finds="Growth at 2026-03-01 is grown: volume 0.82\N{NO-BREAK SPACE}ml, +56.1 % of 0.52\N{NO-BREAK SPACE}ml",
        ),
        Case(
            "by a fifth that is no 2 mm",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (5, 5, 5)),
                _read(3, (6, 6, 5)),
            ),
            finds="growth at 2026-03-01 is not-grown",
        ),
        Case(
            "since it was smallest, and at each later time point",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (12, 12, 12)),
                _read(3, (10, 10, 10)),
                _read(5, (12, 12, 10)),
            ),
            finds="growth at",
            times=2,
        ),
        Case(
            "of a lesion that is measured in two planes the larger counts",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (10, 10, 10)),
                _read(3, (12, 2, 10), (8, 12, 10)),
            ),
            finds="growth at 2026-03-01 is grown: long 12",
        ),
        Case(
            "two studies of one time point",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (10, 10, 10), point="before"),
                _read(3, (12, 2, 9), point="after"),
                _read(4, (2, 12, 9), point="after"),
            ),
            finds="growth at after is grown",
        ),
        Case(
            "the first time point that the guideline lists is not there",
            {**_GIVEN_GROWTH, "time_points": ["baseline", "before", "after"]},
            (
                _read(1, (10, 10, 10), point="before"),
                _read(3, (12, 12, 10), point="after"),
            ),
            cannot="“baseline” is not among what this annotator has read of the patient (before and after)",
        ),
        Case(
            "an answer that must be there is missing, and all depends on it",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (10, 10, 10)),
                _read(3, (12, None, None)),
            ),
            cannot="growth at 2026-03-01: the answer to “wide” is missing",
        ),
        Case(
            "an answer is missing on which nothing depends",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (10, 10, 10)),
                _read(3, (12, 12, None)),
            ),
            finds="growth at 2026-03-01 is grown",
        ),
        Case(
            "an answer was missing before",
            {**_GIVEN_GROWTH, "title": "Growth"},
            (
                _read(1, (10, None, 10)),
                _read(3, (12, 12, 9)),
            ),
            cannot="Growth at 2026-03-01: at 2026-01-01 the answer to “wide” is missing",
        ),
        Case(
            "what may be left out was, and all depends on it",
            {**_GIVEN_GROWTH, "change": _OPEN},
            (
                _read(1, (10, 10, 10)),
                _read(3, (12, None, None)),
            ),
            finds="growth at 2026-03-01 does not follow: “wide” was left open",
        ),
        Case(
            "what may be left out was before",
            {**_GIVEN_GROWTH, "change": _OPEN},
            (
                _read(1, (10, None, None)),
                _read(3, (12, 12, 12)),
                _read(5, (13, 15, 15)),
            ),
            finds="growth at 2026-0",
            times=2,
        ),
        Case(
            "a number that is never asked of the object counts nothing",
            {**_GIVEN_GROWTH, "change": _CORE},
            (
                _nodule(1, "solid", 6),
                _nodule(3, "solid", 6.5),
            ),
            finds="growth at 2026-03-01 is not-grown: mean 6.5",
        ),
        Case(
            "a number that was not asked before, and all depends on it",
            {**_GIVEN_GROWTH, "change": _CORE},
            (
                _nodule(1, "solid", 6),
                _nodule(3, "part-solid", 6.5, 4),
            ),
            finds="growth at 2026-03-01 does not follow: “core” was not asked of it before",
        ),
        Case(
            "a number that is not asked any more, and all depends on it",
            {**_GIVEN_GROWTH, "change": _CORE},
            (
                _nodule(1, "part-solid", 6, 4),
                _nodule(3, "solid", 6.5),
            ),
            finds="growth at 2026-03-01 does not follow: “core” is not asked of it, though it was before",
        ),
        Case(
            "nothing is asked of the object",
            {**_GIVEN_GROWTH, "change": {"numbers": _CORE["numbers"][1:], "bands": _CORE["bands"][1:]}},
            (
                _nodule(1, "solid", 6),
                _nodule(3, "solid", 6.5),
            ),
            finds="growth at 2026-03-01 does not follow: “core” is not asked of it",
        ),
        Case(
            "a size of what is drawn",
            {**_GIVEN_GROWTH, "change": _DRAWN},
            (
                _drawn(1, "#" * 10),
                _drawn(3, "#" * 12),
            ),
            finds="growth at 2026-03-01 is grown: size 12\N{NO-BREAK SPACE}mm",
        ),
        Case(
            "no limits hold",
            {**_GIVEN_GROWTH, "change": _DRAWN},
            (
                _drawn(1, "#" * 10),
                _drawn(3, "#" * 11),
            ),
            cannot="since 2026-01-01, for which the guideline names no answer",
        ),
        Case(
            "a size of pixels of which nothing is known",
            {**_GIVEN_GROWTH, "change": _DRAWN},
            (
                _drawn(1, "#" * 10),
                _drawn(3, "#" * 12, None),
            ),
            cannot="pixel spacing",
        ),
        Case(
            "an answer that somebody else must see",
            {**_GIVEN_GROWTH, "values": ["grown"]},
            (
                _read(1, (10, 10, 10)),
                _read(3, (12, 12, 10)),
                _read(5, (10, 10, 10)),
            ),
            finds="growth at 2026-03-01 is grown",
        ),
        Case(
            "not marked at one of three time points",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (10, 10, 10)),
                _read(3),
                _read(5, (12, 12, 10)),
            ),
            finds="growth at 2026-05-01 is grown",
        ),
        Case(
            "another object appears",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (10, 10, 10)),
                _read(3, (12, 12, 10), name="2"),
            ),
        ),
        Case(
            "objects of another class",
            {**_GIVEN_GROWTH, "classes": ["mass"]},
            (
                _read(1, (10, 10, 10)),
                _read(3, (12, 12, 10)),
            ),
        ),
        Case(
            "of what bears no name it cannot be told",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(1, (10, 10, 10), name=None),
                _read(3, (12, 12, 10)),
            ),
            cannot="name the object",
        ),
        Case(
            "one time point alone, without a name or a day",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (_read(None, (10, 10, 10), name=None),),
        ),
        Case(
            "two studies, of one of which the day is not known",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (
                _read(None, (10, 10, 10)),
                _read(3, (12, 12, 10), study="1.9", task="2"),
            ),
            cannot="the day of the study is not known: the task data do not say",
        ),
        Case(
            "days that tell another order than the list",
            {**_GIVEN_GROWTH, "time_points": ["before", "after"]},
            (
                _read(3, (10, 10, 10), point="before"),
                _read(1, (12, 12, 10), point="after"),
            ),
            cannot="though it comes later",
        ),
        Case(
            "the study of an image is not known",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (_read(1, (10, 10, 10), study=None),),
            cannot="the study of the image is not known",
        ),
        Case(
            "nobody knows who has read it",
            {"attribute": "growth", "classes": ["lesion"], "change": _GROWTH},
            (_read(1, (10, 10, 10), by=None),),
            cannot="does not say who made it",
        ),
    )
