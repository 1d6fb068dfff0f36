"""The rule ``derived-of-object``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.each_once import each_once
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.validation.derivation import Derivation
from guidelint.validation.deriving.number import STEP_OF_VOLUMES, as_told, in_band, rounded
from guidelint.validation.deriving.told import sources_told
from guidelint.validation.each_pixel_once import each_pixel_once
from guidelint.validation.measured_in import DECIMALS, volume_in
from guidelint.validation.question import titled
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, Unknown
from guidelint.validation.rule.parameters.naming import Classes, Concerned
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import DERIVED, Says
from guidelint.validation.rule.size import MM2, area
from guidelint.validation.rule.wording import measure
from guidelint.validation.scopes.object import NO_NAME, NO_READER, Mark, mark_of
from guidelint.validation.scopes.series import ANSWERED_SERIES
from guidelint.validation.told_of_several import LISTED, ToldOfSeveral
from guidelint.validation.volume import MarkedSlice, image_called, volume_ml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Region, Value
    from guidelint.annotation.submission import Submission
    from guidelint.geometry.spacing import Spacing
    from guidelint.validation.deriving.follows import Derived
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure, Reply
    from guidelint.validation.rule.scope import Share

_GIVEN = "`derive: {measured: {volume: …}}` of a question of regions"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedHere(Mark):
    """What marks an object on one slice, and what was answered there."""

    area_mm2: float
    image: str
    """How people call the slice."""
    place: SlicePlace = field(default_factory=SlicePlace)
    entered: tuple[str | float, ...] = ()


_VOLUME = {"how": "sum", "parts": [{"measured": "volume", "classes": ["lesion"]}], "unit": "ml", "is_entered": False}
_SMALL = [{"option": "small", "limits": {"below": 0.05}}]
_ENTERED = {**_VOLUME, "is_entered": True, "tolerance": 0.01}
_AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def _at(
    z_mm: float | None,
    text: str = "####\n####",
    volume: Value | None = None,
    *,
    name: str | None = "1",
    series: str | None = "1.2",
    thick_mm: float | None = None,
    spacing: Spacing | None = ONE_MM,
    by: str | None = "ann",
) -> Handed:
    """Hand in one slice of an object, and the volume that was entered on it."""
    place = SlicePlace(None if z_mm is None else (0.0, 0.0, z_mm), _AXIAL, thickness_mm=thick_mm)
    image = ImageFacts(spacing=spacing, series_uid=series, place=place)
    drawn = Drawn(text=text, object_name=name, answers={} if volume is None else {"volume": volume})
    return Handed(task=f"{z_mm}", draws=drawn, image=image, annotator=by)


class DerivedOfObject(ToldOfSeveral[MarkedHere]):
    """A volume that is asked of a region is that of its object over the slices of the series.

    ## Why
    A volume is asked about a lesion, and a lesion lies on many slices. Whoever enters it reads it off another program,
    of which nobody knows whether it measured the same outlines.

    ## How it is measured
    What bears one name and one class in a series is one object. Its volume is its area on each slice times the distance
    of the slices, as `volume-limits` measures it: half the way to both neighbours, at the ends the way to the only one,
    and of an object on one slice what the header says of it. In the unit of the question; bands lead to an option.

    Where it is entered, the answer on every slice on which there is one is compared, and departs where it differs by
    more than the tolerance. Where nobody is to enter it (`entered: never`), it is told, once for each object.

    It cannot be told where spacing, place or series of a slice is not known, where slices of the object do not lie
    evenly or two lie at one place, and of a region without an object name. It is told once all slices are in.

    ## Source
    DICOM PS3.3, Image Plane Module (C.7.6.2). Area times distance is how pylidc gives the volumes of LIDC-IDRI.
    """

    classes: Annotated[Classes, Concerned(asked="attribute"), From("attributes.*.of", fills_in=True)] = ()
    """Classes whose regions are asked."""
    derivation: Annotated[Derivation, From("attributes.*.of_object", given=_GIVEN, fills_in=True)] = Derivation(
        how="sum"
    )
    """How it follows."""

    scope = ANSWERED_SERIES
    contribution = MarkedHere
    follows = "attributes.*.of_object"
    needs = frozenset({"answers", "object names", "separate objects"})
    says = {
        "differs": Says(
            "{question} is answered {answer}; {because}",
            "Measure again: correct the answer, or what is drawn on its slices.",
            "Have it measured again, and the answer or the drawing corrected.",
            of_absence=True,
        ),
        DERIVED: Says("{question} is {shown}: {because}", "Nothing is to be done.", tells_value=True, of_absence=True),
        LISTED: Says("{question} is {shown}: {because}", "Check the outlines of its slices.", of_absence=True),
    }

    def told_of(self, names: Names) -> str:
        """Name the question, and the classes that are asked."""
        asked = names.question(self.attribute, self.title)
        return f"{asked} of any {names.kinds(self.classes or names.concerned)}"

    def told_sources(self, names: Names) -> str:
        """Name to annotators from what it follows."""
        by = self.derivation
        within = f", to within {measure(by.tolerance, by.unit)}" if by.tolerance else ""
        return f"{sources_told(by, names)}, over the slices of each object{within}"

    @property
    def told_question(self) -> str | None:
        """The question that nobody answers."""
        return None if self.derivation.is_entered else super().told_question

    def gather(self, share: Share) -> Iterator[Gathered[MarkedHere] | Unknown]:
        """Contribute each region to its object."""
        submission = share.submission
        asked = each_once(one for one in share.regions if one.class_name in self.classes)
        for region in each_pixel_once(asked, submission.grid_of):
            mark = mark_of(region, submission)
            group = mark.object_key
            if not group or submission.annotator is None:
                yield Unknown(NO_READER if group else NO_NAME, (mark,), group)
                continue
            try:
                yield Gathered(self._marked(region, submission), group, region.image_index)
            except NotMeasurable as error:
                yield Unknown(str(error), (mark,), group)

    def _marked(self, region: Region, submission: Submission) -> MarkedHere:
        mark, answer = mark_of(region, submission), region.answers.get(self.attribute)
        return MarkedHere(
            **mark.given,
            area_mm2=area(region, MM2),
            image=image_called(submission.task, submission.grid_of(region)),
            place=submission.image_of(region).place,
            entered=tuple(answer.said) if answer else (),
        )

    def check_gathered(self, contributions: Sequence[Contributed[MarkedHere]]) -> Iterator[Reply]:
        """Tell the volume of the object, or compare what was entered on each slice."""
        marks = [one.value for one in contributions]
        if self.derivation.is_entered and not any(one.entered for one in marks):
            return
        try:
            follows = self._derived(marks)
        except NotMeasurable as error:
            yield CannotTell(f"its volume: {error}", tuple(marks), of_absence=True)
            return
        if not self.derivation.is_entered:
            largest = max(marks, key=lambda one: one.area_mm2)
            yield from self.tells(follows, self.derivation.unit, regions=(largest,))
        for mark in marks if self.derivation.is_entered else ():
            other = next((one for one in mark.entered if not follows.is_same(one, self.derivation.tolerance)), None)
            if other is not None:
                yield self._differs(mark, other, follows)

    def _derived(self, marks: Sequence[MarkedHere]) -> Derived:
        by, count = self.derivation, len({one.image for one in marks})
        volume = volume_ml([MarkedSlice(one.title, one.image, one.place, one.area_mm2) for one in marks])
        number = rounded(by, round(volume_in(volume, by.unit), DECIMALS), None if by.bands else STEP_OF_VOLUMES)
        over = f"{count} slice{'s' * (count > 1)}"
        return in_band(by, number, f"its volume over {over} is {measure(as_told(by, number), by.unit)}")

    def _differs(self, mark: MarkedHere, entered: Value, follows: Derived) -> Departure:
        return self.departs(
            "differs",
            mark,
            question=self.title or self.attribute,
            answer=self._shown(entered),
            because=follows.leading(self._shown),
            attribute=self.attribute,
            value=follows.plain(self.derivation.unit),
        )

    def _shown(self, value: Value) -> str:
        if self.titles or isinstance(value, str):
            return titled(value, self.titles)
        return measure(value, self.derivation.unit)

    cases = (
        Case(
            "told of each object over its slices",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0), _at(2.5), _at(5.0, "##")),
            finds="volume is 0.045\N{NO-BREAK SPACE}ml: its volume over 3 slices is 0.045\N{NO-BREAK SPACE}ml",
        ),
        Case(
            "two of its regions share pixels, which count once",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            tuple(
                Handed(
                    task=one.task,
                    draws=(Drawn(text="####", object_name="1"), Drawn(text="..####", object_name="1")),
                    image=one.image,
                    annotator="ann",
                )
                for one in (_at(0.0), _at(1.0))
            ),
            finds="its volume over 2 slices is 0.012\N{NO-BREAK SPACE}ml",
        ),
        Case(
            "entered on one slice, and within the tolerance",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _ENTERED},
            (_at(0.0), _at(2.5, volume=0.05)),
        ),
        Case(
            "entered on one slice, and another",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _ENTERED},
            (_at(0.0), _at(2.5, volume=0.052)),
            finds=(
                "volume is answered 0.052\N{NO-BREAK SPACE}ml; its volume over 2 slices is 0.04\N{NO-BREAK SPACE}ml"
            ),
        ),
        Case(
            "entered on two slices, and another on each",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _ENTERED},
            (_at(0.0, volume="much"), _at(2.5, volume=4.0)),
            finds="volume is answered",
            times=2,
        ),
        Case(
            "not entered",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _ENTERED},
            (_at(0.0), _at(None)),
        ),
        Case(
            "its band",
            {
                "attribute": "volume",
                "title": "Volume",
                "classes": ["lesion"],
                "derivation": {**_ENTERED, "bands": _SMALL},
                "titles": {"small": "Small"},
                "question_titles": {"volume": "Volume"},
                "option_titles": {"volume": {"small": "Small"}},
            },
            (_at(0.0, volume="large"), _at(2.5, volume="small")),
            finds="Volume is answered large; its volume over 2 slices is 0.04\N{NO-BREAK SPACE}ml → Small",
        ),
        Case(
            "a band that somebody else must see",
            {
                "attribute": "volume",
                "classes": ["lesion"],
                "derivation": {**_VOLUME, "bands": [*_SMALL, {"option": "large", "limits": {"at_least": 0.05}}]},
                "values": ["large"],
            },
            (_at(0.0), _at(8.0), _at(20.0, name="2"), _at(22.0, name="2")),
            finds="volume is large: its volume over 2 slices is 0.13\N{NO-BREAK SPACE}ml",
        ),
        Case(
            "in no band",
            {"attribute": "volume", "classes": ["lesion"], "derivation": {**_VOLUME, "bands": _SMALL}},
            (_at(0.0), _at(20.0)),
            cannot="for which the guideline names no answer",
        ),
        Case(
            "regions of other classes",
            {"attribute": "volume", "classes": ["mass"], "derivation": _VOLUME},
            (_at(0.0), _at(2.5)),
        ),
        Case(
            "a slice is left out between two",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0), _at(2.5), _at(5.0), _at(10.0)),
            cannot="lie 5 mm apart where 2.5 mm is usual",
        ),
        Case(
            "where a slice lies is not known",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0), _at(None)),
            cannot="lies is not known",
        ),
        Case(
            "one slice, of which the thickness is stated",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0, thick_mm=5.0),),
            finds="its volume over 1 slice is 0.04\N{NO-BREAK SPACE}ml",
        ),
        Case(
            "one slice, of which neither spacing nor thickness is stated",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0),),
            cannot="its volume: there is one slice only, of which neither spacing nor thickness is known",
        ),
        Case(
            "how large its pixels are is not known",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0, spacing=None), _at(2.5)),
            cannot="pixel spacing",
        ),
        Case(
            "an image does not say of which series it is",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0, series=None),),
            cannot="the series of the image is not known",
        ),
        Case(
            "a region has no object name",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0, name=None),),
            cannot="name the object",
        ),
        Case(
            "nobody knows who has read it",
            {"attribute": "volume", "classes": ["lesion"], "derivation": _VOLUME},
            (_at(0.0, by=None),),
            cannot="does not say who made it",
        ),
        Case(
            "a volume in a unit of lengths",
            {"attribute": "volume", "classes": ["lesion"], "derivation": {**_VOLUME, "unit": "mm"}},
            (_at(0.0), _at(2.5)),
            cannot="the volume is not measured in “mm”",
        ),
    )
