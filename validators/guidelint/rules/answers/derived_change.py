"""The rule ``derived-change``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from guidelint.imaging.facts import ImageFacts
from guidelint.validation.derivation import ChangeOf, Derivation
from guidelint.validation.deriving.over_time import AtStudy, by_time_point, changes, contributed_at
from guidelint.validation.deriving.pieces import Contributing, Pieces
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.told_of_several import AT_TIME_POINT, ListedTimePoints, ToldOfSeveral, says_what_follows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Value
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Share

_GIVEN = "`derive: {change_of:}` of a question of a patient"
_SUM: dict[str, Any] = {"how": "sum", "parts": [{"measured": "width", "classes": ["lesion"]}], "unit": "mm"}
_RESPONSE: dict[str, Any] = {
    "question": "sum",
    "derivation": _SUM,
    "bands": [
        {"option": "grown", "since_smallest_percent": {"at_least": 20}, "since_smallest": {"at_least": 2}},
        {"option": "gone", "itself": {"at_most": 0}},
        {"option": "shrunk", "since_baseline_percent": {"at_most": -30}},
        {"option": "stable", "since_baseline": {"below": 4}},
    ],
}


def _read(month: int, *widths: int, point: str | None = None, task: str = "", by: str | None = "ann") -> Handed:
    """Hand in one image of a visit with objects so many pixels wide, named by their order."""
    image = ImageFacts(
        spacing=ONE_MM, patient="P-1", study_uid=f"1.{month}", study_date=date(2026, month, 1), time_point=point
    )
    drawn = tuple(Drawn(text="#" * wide, object_name=f"t{at}") for at, wide in enumerate(widths))
    return Handed(draws=drawn, task=task or str(month), image=image, annotator=by)


def _undated(point: str, wide: int) -> Handed:
    """Hand in one image of a visit whose day is not known."""
    image = ImageFacts(spacing=ONE_MM, patient="P-1", study_uid=f"1.{point}", time_point=point)
    return Handed(draws=Drawn(text="#" * wide), task=point, image=image, annotator="ann")


_NODES: dict[str, Any] = {
    **_RESPONSE,
    "bands": [
        {"option": "gone", "largest": {"lesion": {"below": 5}, "mass": {"at_most": 0}}},
        {"option": "stable"},
    ],
}
_ENTERED: dict[str, Any] = {
    **_RESPONSE,
    "question": "long",
    "derivation": {"how": "sum", "terms": [{"question": "long", "of": ["lesion"]}]},
}


def _entered(month: int, number: float | None) -> Handed:
    """Hand in one image of a visit with an object whose number was entered, or left open."""
    image = ImageFacts(patient="P-1", study_uid=f"1.{month}", study_date=date(2026, month, 1))
    answers: dict[str, Value | tuple[Value, ...]] = {} if number is None else {"long": number}
    return Handed(draws=(Drawn(text="#", answers=answers),), task=str(month), image=image, annotator="ann")


_STATED: dict[str, Any] = {
    **_RESPONSE,
    "question": "long",
    "derivation": {
        "how": "sum",
        "terms": [{"question": "long", "of": ["lesion"], "required": True, "when": {"state": ["measured"]}}],
    },
}


def _stated(month: int, *numbers: float | None) -> Handed:
    """Hand in one image of a visit with objects whose number was entered, or which are not evaluable."""
    image = ImageFacts(patient="P-1", study_uid=f"1.{month}", study_date=date(2026, month, 1))
    drawn = tuple(
        Drawn(
            text="#",
            object_name=f"t{at}",
            answers={"state": "lost"} if number is None else {"state": "measured", "long": number},
        )
        for at, number in enumerate(numbers)
    )
    return Handed(draws=drawn, task=str(month), image=image, annotator="ann")


class DerivedChange(ToldOfSeveral[AtStudy]):
    """An answer that follows from the change of a number over the time points of a patient is told.

    ## Why
    Response to a treatment is a change: how much the sum of diameters shrank since the baseline, how much it grew since
    it was smallest. Whoever looks the sums up by hand compares with the visit before, or with the wrong one.

    ## How it is measured
    The number follows at each time point as `derive:` of its own question says, from all that one annotator has read of
    it: studies whose images name one time point count together, and where none is named those of one day (Study Date
    (0008,0020)). Time points stand in the order of their days; the first is the baseline. Where the guideline lists its
    time points (`images: time_points:`) and the days tell another order, one of the two is wrong, and nothing can be
    told; where a day is not known, they stand in the order of the list. Nor can anything be told where the first of the
    list is not among what the annotator has read. At each later time point the number is compared
    with that of the baseline, and with the smallest before. Of `changes:` the first option counts whose limits all
    hold; where none does, it cannot be told. From 0 a number grows by more than any percent. `largest:` limits what the
    largest object of a class counts at the time point itself, as where lymph nodes under 10 mm count as gone; where
    none is there, it is kept.

    A time point of which a question was left open that may be has no number. With `left_open:` the answer there is the
    option that it names, and without a number of the baseline it is at every later time point; else that time point is
    left out. The same goes for a time point at which a question is not asked of an object that counts with it at
    another: what is known of a sum is neither baseline nor smallest. Yet where what is known already exceeds the
    limits, whatever is added to it, that answer follows. What is gone counts as 0 where 0 is entered. A number that
    must be given and is not, or that cannot be measured, leaves untold what comes then.

    Nobody enters the value: it is told once all tasks of the patient are in, and decides nothing, unless an escalation
    names it (`answer-escalates`): the patient escalates then, for each time point of that answer.

    Where nothing follows, a note says why. Where an escalation names it, the patient is then not accepted: whether it
    escalates is not known.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026): progressive from 20 % and 5 mm above the
    smallest sum on, partial response from 30 % below the baseline on.
    """

    change: Annotated[ChangeOf, From("attributes.*.change", given=_GIVEN, fills_in=True)] = ChangeOf(
        question="", derivation=Derivation(how="sum"), bands=()
    )
    """Of what it is the change, and which leads to which answer."""
    time_points: ListedTimePoints = ()
    """Time points in the order in which they come; none: as their days tell."""

    contribution = AtStudy
    compares_time_points = True
    follows = "attributes.*.change"
    says = says_what_follows(AT_TIME_POINT)

    def told_of(self, names: Names) -> str:
        """Name the question, and of what it is told."""
        return f"{super().told_of(names)}{' at a time point' if self.values else ''}"

    def told_sources(self, names: Names) -> str:
        """Name to annotators of what it is the change."""
        return f"the change of {names.question(self.change.question)}"

    def gather(self, share: Share) -> Iterator[Gathered[AtStudy]]:
        """Contribute what counts at each study."""

        def pieces(of_study: Share) -> Pieces:
            return Contributing(self.change.derivation, of_study, self.known_titles).pieces()

        yield from map(Gathered, contributed_at(share, pieces))

    def follows_from(self, contributed: Sequence[AtStudy]) -> Iterator[Reply]:
        """Compare each time point with those before."""
        points = by_time_point(contributed, self.time_points)
        told = changes(self.change, points, self.known_titles)
        for position, (point, follows) in enumerate(zip(points, told, strict=True)):
            yield from self.tells(follows, about=point, time_point=point, position=position)

    cases = (
        Case(
            "shrunk by 30 % since the baseline",
            {"attribute": "response", "change": _RESPONSE, "titles": {"shrunk": "Partial response"}},
            (_read(1, 6, 4), _read(3, 4, 3)),
            finds="response at 2026-03-01 is Partial response: sum 7\N{NO-BREAK SPACE}mm, −30.0 %",
        ),
        Case(
            "an answer that somebody else must see, at one of two time points",
            {"attribute": "response", "change": _RESPONSE, "values": ["grown"], "titles": {"grown": "Progressive"}},
            (_read(1, 10), _read(3, 5), _read(5, 7)),
            finds="response at 2026-05-01 is Progressive: sum 7\N{NO-BREAK SPACE}mm",
        ),
        Case(
            "an answer that nobody else need see",
            {"attribute": "response", "change": _RESPONSE, "values": ["grown"]},
            (_read(1, 10), _read(3, 5)),
        ),
        Case(
            "shrunk, and grown since it was smallest",
            {
                "attribute": "response",
                "change": _RESPONSE,
                "question_titles": {"sum": "Sum of widths"},
                "option_titles": {"echo": {"hypo": "Dark"}},
            },
            (_read(1, 10), _read(3, 5), _read(5, 7)),
            finds="10\N{NO-BREAK SPACE}mm since 2026-01-01",
            times=2,
        ),
        Case(
            "grown by a millimetre alone, which is no growth",
            {"attribute": "response", "change": _RESPONSE},
            (_read(1, 5), _read(3, 6)),
            finds="response at 2026-03-01 is stable",
        ),
        Case(
            "nothing is left",
            {"attribute": "response", "change": _RESPONSE},
            (_read(1, 5), _read(3)),
            finds="response at 2026-03-01 is gone",
        ),
        Case(
            "what is left of a class is small enough, and of another nothing is",
            {"attribute": "response", "change": _NODES, "values": ["gone"]},
            (_read(1, 9, 9), _read(3, 4, 4), _read(5, 4, 5)),
            finds="response at 2026-03-01 is gone: sum 8\N{NO-BREAK SPACE}mm, −55.6 % of 18",
        ),
        Case(
            "something where there was nothing",
            {"attribute": "response", "change": _RESPONSE},
            (_read(1), _read(3, 2)),
            finds="response at 2026-03-01 is grown: sum 2\N{NO-BREAK SPACE}mm, anew of 0",
        ),
        Case(
            "time points as they are listed",
            {"attribute": "response", "change": _RESPONSE, "time_points": ["before", "later", "after"]},
            (_read(1, 9, point="Before"), _read(3, 6, point="after")),
            finds="response at after is shrunk",
        ),
        Case(
            "days that tell another order than the list",
            {"attribute": "response", "change": _RESPONSE, "time_points": ["before", "after"]},
            (_read(3, 9, point="before"), _read(1, 6, point="after")),
            cannot="“before” is of 2026-03-01 and “after” of 2026-01-01, though it comes later",
        ),
        Case(
            "no days, and time points as they are listed",
            {"attribute": "response", "change": _RESPONSE, "time_points": ["before", "later", "after"]},
            (_undated("after", 6), _undated("Before", 9)),
            finds="response at after is shrunk",
        ),
        Case(
            "the first time point that the guideline lists is not there",
            {"attribute": "response", "change": _RESPONSE, "time_points": ["before", "later", "after"]},
            (_read(1, 9, point="later"), _read(3, 6, point="after")),
            cannot="“before” is not among what this annotator has read of the patient (later and after)",
        ),
        Case("the baseline alone", {"attribute": "response", "change": _RESPONSE}, (_read(1, 5),)),
        Case(
            "two studies of one time point",
            {"attribute": "response", "change": _RESPONSE},
            (_read(1, 9, point="before"), _read(3, 3, point="after"), _read(4, 3, 3, point="after")),
            finds="response at after is shrunk: sum 6\N{NO-BREAK SPACE}mm",
        ),
        Case(
            "a change that leads to no answer",
            {"attribute": "response", "change": {**_RESPONSE, "bands": _RESPONSE["bands"][:2]}},
            (_read(1, 5), _read(3, 5)),
            cannot="+0.0 % of 5\N{NO-BREAK SPACE}mm since 2026-01-01, for which the guideline names no answer",
        ),
        Case(
            "a number is left open at one time point",
            {"attribute": "response", "change": {**_ENTERED, "left_open": "open"}, "titles": {"open": "Not evaluable"}},
            (_entered(1, 9.0), _entered(3, None), _entered(5, 9.0)),
            finds="response at 2026-0",
            times=2,
        ),
        Case(
            "a number is left open at one time point, and somebody else must see it",
            {"attribute": "response", "change": {**_ENTERED, "left_open": "open"}, "values": ["open"]},
            (_entered(1, 9.0), _entered(3, None), _entered(5, 9.0)),
            finds="response at 2026-03-01 is open: it follows from the answer to “long”, which was left open",
        ),
        Case(
            "a number of the baseline is left open",
            {"attribute": "response", "change": {**_ENTERED, "left_open": "open"}, "values": ["open"]},
            (_entered(1, None), _entered(3, 5.0), _entered(5, 9.0)),
            finds="is open: it follows from the answer to “long”, which was left open",
            times=2,
        ),
        Case(
            "a number is left open, for which there is no answer",
            {"attribute": "response", "change": _ENTERED},
            (_entered(1, None), _entered(2, 5.0), _entered(3, None), _entered(5, 9.0)),
            finds="response at 2026-0",
            times=2,
        ),
        Case(
            "an object is not evaluable at one time point, which is then not the smallest",
            {"attribute": "response", "change": {**_STATED, "left_open": "open"}, "values": ["open", "grown"]},
            (_stated(1, 50.0, 50.0), _stated(3, 40.0, None), _stated(5, 30.0, 30.0)),
            finds="response at 2026-03-01 is open: “long” is not asked of lesion t1",
        ),
        Case(
            "an object is not evaluable, and the others have grown so much that it makes no difference",
            {"attribute": "response", "change": {**_STATED, "left_open": "open"}},
            (_stated(1, 50.0, 20.0), _stated(3, 90.0, None)),
            finds=(
                "response at 2026-03-01 is grown: long 90, +28.6 % of 70 since 2026-01-01, which is not all: “long” is"
                " not asked of lesion t1"
            ),
        ),
        Case(
            "an object is not evaluable, and what is left open may have made the others grow",
            {"attribute": "response", "change": _STATED},
            (_stated(1, 50.0, 20.0), _stated(3, 69.0, None)),
            finds="response at 2026-03-01 does not follow: “long” is not asked of lesion t1",
        ),
        Case(
            "nobody knows who has read it",
            {"attribute": "response", "change": _RESPONSE},
            (_read(1, 5, by=None), _read(3, 5, by=None)),
            cannot="does not say who made it",
        ),
        Case(
            "the day of the study is not known",
            {"attribute": "response", "change": _RESPONSE},
            (Handed(image=ImageFacts(patient="P-1", study_uid="1.2")),),
            cannot="the day of the study is not known",
        ),
    )
