"""The rule ``derived-from-all``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.validation.derivation import Derivation, Sources
from guidelint.validation.deriving.from_told import Told
from guidelint.validation.deriving.pieces import Pieces, pieces_of
from guidelint.validation.deriving.told import sources_told
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.scopes.patient import PATIENT
from guidelint.validation.scopes.series import SERIES
from guidelint.validation.scopes.study import STUDY
from guidelint.validation.told_of_several import ToldOfSeveral, says_what_follows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Origin, Value
    from guidelint.annotation.tool import Tool
    from guidelint.geometry.spacing import Spacing
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Scope, Share

_GIVEN = "`derive:` of a question of a series, a study or a patient"
_SIZES = {
    "how": "sum",
    "parts": [{"measured": "width", "classes": ["lesion"]}, {"measured": "height", "classes": ["node"]}],
    "unit": "mm",
}
_POINTS = {
    "how": "points",
    "terms": [{"question": "echo", "of": ["lesion"], "points": {"iso": 1, "hypo": 2}, "required": True}],
    "bands": [{"option": "low", "limits": {"at_most": 2}}, {"option": "high", "limits": {"at_least": 3}}],
}
_WORST = {"how": "worst-of", "terms": [{"question": "seen"}], "steps": ["none", "mild", "severe"]}
_RIBS = {"question": "ribs", "required": True, "when": {"view": ["front"]}, "open_when": {"view": ["side"]}}
_ASKED = {"how": "sum", "terms": [_RIBS]}
_ASKED_OF_LESIONS = {"how": "sum", "terms": [{**_RIBS, "of": ["lesion"]}]}
_COUNT = {"how": "sum", "parts": [{"measured": "count", "classes": ["lesion"]}]}
_VOLUME = {"how": "sum", "parts": [{"measured": "volume", "classes": ["lesion", "mass"]}], "unit": "mm3"}
_AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
_TOLD = {
    "how": "table",
    "terms": [{"question": "worst", "required": True}, {"question": "number", "required": True}],
    "cells": {"mild": {"few": "watch", "many": "treat"}, "severe": {"few": "treat", "many": "treat"}},
}
_SOURCES = [
    {"question": "worst", "derivation": _WORST},
    {
        "question": "number",
        "derivation": {
            **_COUNT,
            "bands": [{"option": "few", "limits": {"at_most": 1}}, {"option": "many", "limits": {"above": 1}}],
        },
    },
]
_SCOPES = {"series": SERIES, "study": STUDY, "patient": PATIENT}


_LARGEST = {**_SIZES, "take": "largest"}
_ENLARGED = {
    **_LARGEST,
    "bands": [{"option": "no", "limits": {"below": 4}}, {"option": "yes", "limits": {"at_least": 4}}],
}
_SMALL = {
    "how": "sum",
    "parts": [{"measured": "count", "classes": ["lesion"]}],
    "which": {"answer": {"sure": ["yes"]}, "size": {"area_px": {"below": 3}}},
    "asked": [{"question": "sure", "of": ["lesion"], "required": True}],
}
_SURE_ONES = {
    **_SMALL,
    "parts": [{"measured": "longest-diameter", "classes": ["lesion"]}],
    "unit": "mm",
    "step": 1,
    "which": {"answer": {"sure": ["yes"]}},
}
_EITHER = {
    **_SMALL,
    "which": {
        "any_of": [{"size": {"area_px": {"at_least": 3}}}, {"source": ["prediction"]}],
        "not": {"answer": {"sure": ["no"]}},
    },
    "asked": [{"question": "sure", "of": ["lesion"]}],
}


def _lesion(
    text: str, name: str | None = None, sure: str = "", origin: Origin = "manual", as_: Tool = "brush"
) -> Drawn:
    """Draw a lesion, and how sure somebody was of it."""
    return Drawn(text=text, object_name=name, answers={"sure": sure} if sure else {}, origin=origin, as_=as_)


def _read(
    task: str,
    *drawn: Drawn,
    answers: dict[str, Value | tuple[Value, ...]] | None = None,
    study: str = "1",
    by: str | None = "ann",
) -> Handed:
    """Hand in one image of a patient."""
    image = ImageFacts(spacing=ONE_MM, patient="P-1", study_uid=study, series_uid=study)
    return Handed(draws=drawn, task=task, image=image, answers=answers or {}, annotator=by)


def _at(
    z_mm: float, *drawn: Drawn, series: str | None = "1", task: str = "", spacing: Spacing | None = ONE_MM
) -> Handed:
    """Hand in one slice of a series."""
    place = SlicePlace((0.0, 0.0, z_mm), _AXIAL)
    image = ImageFacts(spacing=spacing, patient="P-1", series_uid=series, place=place)
    return Handed(draws=drawn, task=task or f"{z_mm}{series}".removesuffix("1"), image=image)


class DerivedFromAll(ToldOfSeveral[Pieces]):
    """An answer that follows from all of a series, a study or a patient is told.

    ## Why
    A sum of diameters, a number of lesions, the worst grade of all slices is of no one image. Whoever adds it up by
    hand leaves out a slice, or counts a lesion twice that is outlined on two.

    ## How it is measured
    As `derive:` of the question says, over all that one annotator has read of the series, the study or the patient:
    measures and counts of the regions, points and numbers that were answered, or the highest of several steps. With
    `take` the largest or the smallest of the numbers is the answer in place of their sum; the largest of nothing is 0.
    With `where` those objects count of which it is so on any of their images, with the sizes of their largest. Regions
    of one class that bear one object name are one object, of which the largest counts: its longest diameter on any
    slice, its points on the slice where it has most. A region without an object name counts by itself; the message says
    how many there are of them. Bands lead from the sum to an option.

    A question that is not asked somewhere, since others were answered otherwise, counts nothing there, and neither does
    an answer that must not be there (`forbidden:`). Where images or regions are there and none is asked, nothing
    follows; nor does anything where a question that may always be left open was, unless `left_open:` names the answer
    there. Where one that must be answered is missing, the answer cannot be told. Nobody enters the value: it is told
    once all tasks are in, and decides nothing, unless an escalation names it (`answer-escalates`): the series, study or
    patient escalates then.

    Where nothing follows, a note says why. Where an escalation names it, the series, study or patient is then not
    accepted: whether it escalates is not known.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026): the sum of the diameters of all target lesions,
    longest in the plane, of lymph nodes the short axis.
    """

    per: Annotated[Literal["series", "study", "patient"], From("attributes.*.over", given=_GIVEN, fills_in=True)] = (
        "patient"
    )
    """From all of what it follows: a series, a study, or a patient with all studies."""
    derivation: Annotated[Derivation, From("attributes.*.gathered", given=_GIVEN, fills_in=True)] = Derivation(
        how="sum"
    )
    """How it follows."""
    sources: Annotated[Sources, UnlessEmpty(), From("attributes.*.sources", given=_GIVEN, fills_in=True)] = ()
    """Answers told of the same from which it follows, each after those that its own follows from; none: it follows from
    what is in the tasks."""

    contribution = Pieces
    follows = "attributes.*.gathered"
    says = says_what_follows()

    def told_sources(self, names: Names) -> str:
        """Name to annotators from what it follows."""
        return sources_told(self.derivation, names)

    @property
    def tells_number(self) -> bool:
        """Whether what follows is a number."""
        return not self.titles

    def over(self) -> Scope | None:
        """Gather over what it follows from."""
        return _SCOPES[self.per]

    def gather(self, share: Share) -> Iterator[Gathered[Pieces]]:
        """Contribute what counts; nothing counts as well, for a sum of nothing is 0."""
        yield Gathered(pieces_of(self.derivation, self.sources, share, self.known_titles))

    def follows_from(self, contributed: Sequence[Pieces]) -> Iterator[Reply]:
        """Tell what follows."""
        ((_, follows),) = Told({"": contributed}, self.known_titles).answers(self.derivation, self.sources)
        yield from self.tells(follows, self.derivation.unit)

    cases = (
        Case(
            "the largest of all objects",
            {"attribute": "sum", "derivation": _LARGEST},
            (
                _read("1", Drawn(text="##", object_name="a"), Drawn(text="#\n#\n#", class_name="node")),
                _read("2", Drawn(text="####", object_name="a"), Drawn(text="#", object_name="b")),
            ),
            finds="sum is 4\N{NO-BREAK SPACE}mm: width of lesion a 4\N{NO-BREAK SPACE}mm, the largest of 3 (1 of",
        ),
        Case(
            "the option to which the largest leads",
            {"attribute": "enlarged", "derivation": _ENLARGED, "values": ["yes"]},
            (_read("1", Drawn(text="##", object_name="a")), _read("2", Drawn(text="####", object_name="a"))),
            finds="enlarged is yes: width of lesion a 4\N{NO-BREAK SPACE}mm",
        ),
        Case(
            "the largest of nothing is 0",
            {"attribute": "enlarged", "derivation": _ENLARGED},
            (_read("1"),),
            finds="enlarged is no: nothing is there of which the largest could be taken",
        ),
        Case(
            "the smallest",
            {"attribute": "sum", "derivation": {**_SIZES, "take": "smallest"}},
            (_read("1", Drawn(text="##", object_name="a")), _read("2", Drawn(text="#", object_name="b"))),
            finds="sum is 1\N{NO-BREAK SPACE}mm: width of lesion b 1\N{NO-BREAK SPACE}mm, the smallest of 2",
        ),
        Case(
            "the smallest of nothing",
            {"attribute": "sum", "derivation": {**_SIZES, "take": "smallest"}},
            (_read("1"),),
            finds="sum does not follow: there is nothing of which the smallest could be taken",
        ),
        Case(
            "those that are small even where they are largest, and of which somebody is sure on one slice",
            {"attribute": "count", "derivation": _SMALL},
            (
                _read("1", _lesion("#", "large", "yes"), _lesion("##", "small", "no"), _lesion("#", None, "yes")),
                _read("2", _lesion("###", "large", "yes"), _lesion("#", "small", "yes"), _lesion("##", None, "no")),
            ),
            finds="count is 2: 2 × lesion = 2 (2 of the regions without an object name)",
        ),
        Case(
            "somebody must say whether they are sure, and did not",
            {"attribute": "count", "derivation": _SMALL},
            (_read("1", _lesion("#", "a")),),
            cannot="of lesion: it depends on the answer to “sure”, which is missing",
        ),
        Case(
            "what cannot be measured need not count",
            {"attribute": "sum", "derivation": _SURE_ONES},
            (_read("1", _lesion("#", "a", "no", as_="keypoint"), _lesion("##", "b", "yes")),),
            finds="sum is 2\N{NO-BREAK SPACE}mm: longest diameter of lesion b 2",
        ),
        Case(
            "what cannot be measured counts",
            {"attribute": "sum", "derivation": _SURE_ONES},
            (_read("1", _lesion("#", "a", "yes", as_="keypoint"), _lesion("##", "b", "yes")),),
            cannot="longest diameter of lesion a: ",
        ),
        Case(
            "too large, whatever the answer would be",
            {"attribute": "count", "derivation": _SMALL},
            (_read("1", _lesion("###", "a")),),
            finds="count is 0: nothing = 0",
        ),
        Case(
            "one of several, and not another",
            {"attribute": "count", "derivation": _EITHER},
            (
                _read(
                    "1",
                    _lesion("#", "a", "yes", origin="prediction"),
                    _lesion("###", "b", "yes"),
                    _lesion("##", "c", "yes"),
                    _lesion("###", "d", "no"),
                ),
            ),
            finds="count is 2: 2 × lesion = 2",
        ),
        Case(
            "it was left open whether somebody is sure",
            {"attribute": "count", "derivation": _EITHER},
            (_read("1", _lesion("###", "a")),),
            finds="count does not follow: of lesion: it depends on the answer to “sure”, which was left open",
        ),
        Case(
            "the volume of those alone that are large on some slice",
            {
                "attribute": "volume",
                "derivation": {
                    "how": "sum",
                    "parts": [{"measured": "volume", "classes": ["lesion"]}],
                    "unit": "mm3",
                    "which": {"size": {"longest_px": {"at_least": 3}}},
                },
            },
            (
                _at(0.0, Drawn(text="##", object_name="a"), Drawn(text="...#", object_name="b")),
                _at(2.0, Drawn(text="####", object_name="a"), Drawn(text="#....", object_name="a")),
            ),
            finds="volume is 12\N{NO-BREAK SPACE}mm3: volume of lesion a 12 = 12\N{NO-BREAK SPACE}mm3",
        ),
        Case(
            "the largest of each object over the slices, of a node the other way",
            {"attribute": "sum", "derivation": _SIZES},
            (
                _read(
                    "1", Drawn(text="##", object_name="a"), Drawn(text="#\n#\n#", class_name="node", object_name="n")
                ),
                _read("2", Drawn(text="####", object_name="a"), Drawn(text="#", object_name="b")),
                _read("3", Drawn(text="###", object_name="a")),
            ),
            finds=(
                "sum is 8\N{NO-BREAK SPACE}mm: width of lesion a 4 + height of node n 3 + width of lesion b 1 ="
                " 8\N{NO-BREAK SPACE}mm"
            ),
        ),
        Case(
            "regions without an object name count each",
            {"attribute": "number", "title": "Number", "derivation": _COUNT},
            (
                _read("1", Drawn(text="#..", object_name="a"), Drawn(text="..#", object_name="a"), Drawn(text=".#.")),
                _read("2", Drawn(text="#", object_name="a"), Drawn(text="#", class_name="node"), Drawn(text="#")),
            ),
            finds="Number is 3: 3 × lesion = 3 (2 of the regions without an object name)",
        ),
        Case(
            "points of each object on the slice where it has most",
            {
                "attribute": "level",
                "derivation": _POINTS,
                "titles": {"high": "High"},
                "question_titles": {"echo": "Echo"},
                "option_titles": {"echo": {"hypo": "Dark"}},
            },
            (
                _read("1", Drawn(text="#", object_name="a", answers={"echo": "iso"})),
                _read("2", Drawn(text="#", object_name="a", answers={"echo": "hypo"})),
                _read("3", Drawn(text="#", object_name="b", answers={"echo": "iso"})),
            ),
            finds="level is High: Echo Dark of lesion a 2 + Echo iso of lesion b 1 = 3\N{NO-BREAK SPACE}points",
        ),
        Case(
            "the highest of all images",
            {"attribute": "worst", "derivation": _WORST, "per": "series"},
            (
                _read("1", answers={"seen": "mild"}),
                _read("2", answers={"seen": "severe"}),
                _read("3", answers={"seen": "none"}),
            ),
            finds="worst is severe: seen severe is the highest of 3",
        ),
        Case(
            "an answer that somebody else must see",
            {"attribute": "worst", "derivation": _WORST, "values": ["severe"], "titles": {"severe": "Severe"}},
            (_read("1", answers={"seen": "mild"}), _read("2", answers={"seen": "severe"})),
            finds="worst is Severe: seen severe is the highest of 2",
        ),
        Case(
            "an answer that nobody else need see",
            {"attribute": "worst", "derivation": _WORST, "values": ["severe"]},
            (_read("1", answers={"seen": "mild"}), _read("2", answers={"seen": "none"})),
        ),
        Case(
            "a question that may be left open was",
            {"attribute": "worst", "derivation": _WORST},
            (_read("1", answers={"seen": "mild"}), _read("2")),
            finds="worst does not follow: it follows from the answer to “seen”, which was left open",
        ),
        Case(
            "a question that may be left open was, and somebody else might have to see the answer",
            {"attribute": "worst", "derivation": _WORST, "values": ["severe"]},
            (_read("1", answers={"seen": "mild"}), _read("2")),
            cannot="worst does not follow: it follows from the answer to “seen”, which was left open",
        ),
        Case(
            "from two answers told of the same",
            {
                "attribute": "plan",
                "derivation": _TOLD,
                "sources": _SOURCES,
                "question_titles": {"worst": "Worst grade"},
                "option_titles": {"number": {"many": "Many"}},
            },
            (
                _read("1", Drawn(text="#"), answers={"seen": "mild"}),
                _read("2", Drawn(text="#"), answers={"seen": "none"}),
            ),
            finds="plan is treat: Worst grade mild and number Many",
        ),
        Case(
            "one of the two does not follow, since a question was left open",
            {"attribute": "plan", "derivation": _TOLD, "sources": _SOURCES},
            (_read("1", Drawn(text="#"), answers={"seen": "mild"}), _read("2", Drawn(text="#"))),
            finds="plan does not follow: “worst” does not follow: it follows from the answer to “seen”",
        ),
        Case(
            "one of the two cannot be told",
            {"attribute": "plan", "derivation": _TOLD, "sources": _SOURCES},
            (_read("1", Drawn(text="#"), answers={"seen": "mild"}), _read("2", answers={"seen": "awful"})),
            cannot="seen awful is no step of it (task 2)",
        ),
        Case(
            "a question that may be left open was, for which there is an answer",
            {
                "attribute": "worst",
                "derivation": {**_WORST, "left_open": "unknown"},
                "titles": {"unknown": "Not known"},
            },
            (_read("1", answers={"seen": "mild"}), _read("2")),
            finds="worst is Not known: it follows from the answer to “seen”, which was left open",
        ),
        Case(
            "asked on one of two images",
            {"attribute": "sum", "derivation": _ASKED},
            (_read("1", answers={"view": "front", "ribs": 9.0}), _read("2", answers={"view": "side", "ribs": 4.0})),
            finds="sum is 9: ribs 9 = 9",
        ),
        Case(
            "images are there, and none is asked",
            {"attribute": "sum", "derivation": _ASKED},
            (_read("1", answers={"view": "side"}), _read("2", answers={"view": "side"})),
            finds="sum does not follow: none of the questions that it follows from is asked here",
        ),
        Case(
            "no regions are there to be asked",
            {"attribute": "sum", "derivation": _ASKED_OF_LESIONS},
            (_read("1"), _read("2", Drawn(text="#", class_name="node"))),
            finds="sum is 0: nothing = 0",
        ),
        Case(
            "regions are there, and none is asked",
            {"attribute": "sum", "derivation": _ASKED_OF_LESIONS},
            (_read("1", Drawn(text="#"), answers={"view": "side"}), _read("2")),
            finds="sum does not follow: none of the questions that it follows from is asked here",
        ),
        Case(
            "a question is asked nowhere, and something is measured",
            {"attribute": "sum", "derivation": {**_SIZES, "terms": _ASKED["terms"]}},
            (_read("1", Drawn(text="##"), answers={"view": "side"}),),
            finds="width of Region 1 lesion of task 1 2 = 2",
        ),
        Case(
            "an answer is missing from which it follows",
            {"attribute": "level", "derivation": _POINTS},
            (_read("1", Drawn(text="#")),),
            cannot="it follows from the answer to “echo”, which is missing",
        ),
        Case(
            "nobody knows who has read it",
            {"attribute": "number", "derivation": _COUNT},
            (_read("1", by=None),),
            cannot="does not say who made it",
        ),
        Case(
            "volumes: over all slices that were read, of regions without a name together, in the unit of the question",
            {"attribute": "volume", "derivation": _VOLUME, "per": "series"},
            (
                _at(0.0, Drawn(text="####", object_name="a"), Drawn(text="..###", object_name="a")),
                _at(2.0, Drawn(text="###", object_name="a"), Drawn(text="##"), Drawn(text="#", class_name="node")),
                _at(4.0),
                _at(6.0, Drawn(text="###"), Drawn(text="#.#", object_name="b", class_name="mass")),
            ),
            finds=(
                "volume is 26\N{NO-BREAK SPACE}mm3: volume of lesion a 16 + volume of lesion 6 + volume of mass b 4 ="
                " 26\N{NO-BREAK SPACE}mm3 (2 of the regions without an object name)"
            ),
        ),
        Case(
            "volumes of a patient: one object that was read in two series counts with its largest",
            {"attribute": "volume", "derivation": {**_VOLUME, "unit": "ml"}},
            (
                *(_at(z_mm, Drawn(text="##", object_name="a")) for z_mm in (0.0, 2.0)),
                *(_at(z_mm, Drawn(text="###", object_name="a"), series="2") for z_mm in (0.0, 2.0)),
            ),
            finds="volume is 0.012\N{NO-BREAK SPACE}ml: volume of lesion a 0.012 = 0.012",
        ),
        Case(
            "pixels that two objects of a class share count once, those of two classes twice",
            {"attribute": "volume", "derivation": _VOLUME, "per": "series"},
            tuple(
                _at(
                    z_mm,
                    Drawn(text="####", object_name="a"),
                    Drawn(text="..###", object_name="b"),
                    Drawn(text="#", object_name="c", class_name="mass"),
                )
                for z_mm in (0.0, 1.0)
            ),
            finds="volume of lesion a 8 + volume of lesion b 2 + volume of mass c 2 =",
        ),
        Case(
            "a slice is missing beside what is marked",
            {"attribute": "volume", "derivation": _VOLUME, "per": "series"},
            (*map(_at, (0.0, 2.0, 4.0)), _at(8.0, Drawn(text="##"))),
            cannot="task 4.0 and task 8.0 lie 4 mm apart where 2 mm is usual",
        ),
        Case(
            "a slice is missing where nothing is marked beside",
            {"attribute": "volume", "derivation": _VOLUME, "per": "series"},
            (_at(0.0, Drawn(text="##")), *map(_at, (2.0, 4.0, 8.0))),
            finds="volume is 4",
        ),
        Case(
            "two images at one place, one of which is marked",
            {"attribute": "volume", "derivation": _VOLUME, "per": "series"},
            (_at(0.0, Drawn(text="##")), _at(2.0), _at(2.0, Drawn(text="#"), task="again")),
            finds="volume is 6",
        ),
        Case(
            "two images at one place, both marked",
            {"attribute": "volume", "derivation": _VOLUME, "per": "series"},
            (_at(0.0), _at(2.0, Drawn(text="#")), _at(2.0, Drawn(text="#"), task="again")),
            cannot="task 2.0 and task again show the same place, which would count twice",
        ),
        Case(
            "where a slice lies is not known",
            {"attribute": "volume", "derivation": _VOLUME, "per": "series"},
            (_read("1", Drawn(text="#")), _read("2", Drawn(text="#"))),
            cannot="where slice task 1 lies is not known: no position is given",
        ),
        Case(
            "how large its pixels are is not known",
            {"attribute": "volume", "derivation": _VOLUME, "per": "series"},
            (_at(0.0, Drawn(text="#"), spacing=None), _at(2.0)),
            cannot="pixel spacing",
        ),
        Case(
            "an image does not say of which series it is",
            {"attribute": "volume", "derivation": _VOLUME},
            (_at(0.0, Drawn(text="#"), series=None),),
            cannot="the image does not say of which it is",
        ),
        Case(
            "a volume in a unit of lengths",
            {"attribute": "volume", "derivation": {**_VOLUME, "unit": "mm"}, "per": "series"},
            (_at(0.0, Drawn(text="#")), _at(2.0)),
            cannot="the volume is not measured in “mm”",
        ),
        Case(
            "each study by itself",
            {"attribute": "number", "derivation": _COUNT, "per": "study"},
            (_read("1", Drawn(text="#", object_name="a")), _read("2", Drawn(text="#", object_name="a"), study="2")),
            finds="number is 1: 1 × lesion = 1",
            times=2,
        ),
    )
