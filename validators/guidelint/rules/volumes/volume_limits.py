"""The rule ``volume-limits``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from guidelint.annotation.tool import ENCLOSING
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.validation.each_pixel_once import each_pixel_once
from guidelint.validation.rule.at_limit import AtLimit
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.parameters.amount import VolumeMl
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import ML, MM2, Limits, area, with_limit_itself
from guidelint.validation.scopes.object import ObjectRule, SliceMeasure
from guidelint.validation.volume import NO_SERIES, MarkedSlice, image_called, volume_ml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.gathering import Gathered, Unknown
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Share

OF_OBJECTS: Final = "a volume is that of an object over its slices, and each region is judged by itself here"


def _marked(one: SliceMeasure) -> MarkedSlice:
    return MarkedSlice(one.title, image_called(one.task, one.image), one.place, one.values[0])


_AXIAL = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
_TEN = "##########\n##########"


def _image(
    z_mm: float | None,
    orientation: Orientation | None = _AXIAL,
    spacing: Spacing | None = ONE_MM,
    spacing_mm: float | None = None,
    thickness_mm: float | None = None,
) -> ImageFacts:
    """Make the facts of a slice at a height."""
    place = SlicePlace(
        None if z_mm is None else (0.0, 0.0, z_mm),
        orientation,
        thickness_mm=thickness_mm,
        spacing_mm=spacing_mm,
        position_problem="the task data has no ImagePositionPatient" if z_mm is None else "",
    )
    return ImageFacts(spacing=spacing, series_uid="1.2.3", place=place)


def _slice(
    task: str,
    z_mm: float | None,
    text: str = _TEN,
    spacing: Spacing | None = ONE_MM,
    *,
    spacing_mm: float | None = None,
    thickness_mm: float | None = None,
) -> Handed:
    """Draw an object on a slice, 20 pixels if nothing else is said."""
    image = _image(z_mm, spacing=spacing, spacing_mm=spacing_mm, thickness_mm=thickness_mm)
    return Handed(task=task, draws=Drawn(text=text, object_name="1"), image=image)


def _pieces(task: str, z_mm: float) -> Handed:
    """Draw an object in two pieces on a slice, with an area taken out: four pixels."""
    pieces = (
        Drawn(text="####..", object_name="1", excluded=(Drawn(text="#", class_name="air"),)),
        Drawn(text=".....#", object_name="1"),
    )
    return Handed(task=task, draws=pieces, image=_image(z_mm))


_MARK = Drawn(text=_TEN, object_name="1")

_LONG = Spacing(row_mm=2.0, column_mm=1.0)
_THREE = (_slice("1", 0.0), _slice("2", 2.5), _slice("3", 5.0))


class VolumeLimits(ObjectRule):
    """The volume of an object over the slices of a series lies within limits.

    ## Why
    Growth of a nodule, response of a tumour and size of an organ are told by volume. One far too small or too large is
    another structure, or slices of it were forgotten.

    ## How it is measured
    The area of the object on each slice, excluded areas taken out and pixels that two of its regions have counted once,
    also those on two images of a task that have one grid (`images: one_grid: true`), times the distance of the slices
    along their normal: half the way to both neighbours, at the ends the way to the only one. Distances come from Image
    Position (Patient) (0020,0032), never from the thickness of slices. Only an object on one slice has no neighbour:
    there, it is Spacing Between Slices (0018,0088), or else Slice Thickness (0018,0050).

    It cannot be told where a position or the pixel spacing is missing, where slices of the object do not lie evenly
    (what was left out between two is neither counted nor guessed), where two images lie at one place, and where the
    image names no series; nor of regions by themselves (``of: region``). It is judged when all slices are known: part
    of an object proves nothing of the whole.

    What measures exactly a limit is kept. With ``at_limit: departs`` it departs, as where a protocol says "from 2 ml
    on" or "over 2 ml"; a millionth off is still the limit itself.

    ## Source
    DICOM PS3.3, Image Plane Module (C.7.6.2). Area times distance is how pylidc gives the volumes of LIDC-IDRI.
    """

    min_ml: Annotated[VolumeMl, Lower("volume")] | None = None
    """Smallest volume in ml (cm³)."""
    max_ml: Annotated[VolumeMl, Upper("volume", unmet_at=0)] | None = None
    """Largest volume in ml (cm³)."""
    at_limit: AtLimit = "kept"
    """What measures exactly a limit is kept, or departs."""

    about = "size"
    tools = ENCLOSING
    needs = frozenset({"object names"})
    says = with_limit_itself(
        {
            "too-small": Says(
                "the volume over {slices} is {volume}, below the limit of {limit}",
                "Mark it on every slice that shows it, or choose the class that fits its size.",
                of_absence=True,
            ),
            "too-large": Says(
                "the volume over {slices} is {volume}, above the limit of {limit}",
                "Check the outlines, or choose the class that fits its size.",
                of_absence=True,
            ),
        }
    )

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The volume of every {names.kind}{self.whole} is {self._limits.asked}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"the volume of any {names.kind}{self.whole} is {self._limits.broken}"

    @property
    def _limits(self) -> Limits:
        return Limits(ML, self.min_ml, self.max_ml, self.at_limit)

    def gather(self, share: Share) -> Iterator[Gathered[SliceMeasure] | Unknown]:
        """Contribute each region to its object; pixels that two of them have count once."""
        yield from super().gather(
            replace(share, regions=tuple(each_pixel_once(share.regions, share.submission.grid_of)))
        )

    def measure(self, region: Region) -> tuple[float, ...]:
        """Give the area in mm²."""
        return (area(region, MM2),)

    def check_slice(self, region: Region, values: tuple[float, ...]) -> Iterator[Reply]:
        """Tell nothing: one slice proves nothing of the whole object."""
        del region, values
        yield from ()

    def check_alone(self, region: Region, values: tuple[float, ...]) -> Iterator[Reply]:
        """Say why a region of no series has no volume."""
        del values
        yield CannotTell(NO_SERIES if self.of == "object" else OF_OBJECTS, (region,))

    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Reply]:
        """Compare the volume of the object with both limits."""
        try:
            volume = volume_ml([_marked(one) for one in slices])
        except NotMeasurable as error:
            yield CannotTell(f"its volume: {error}", slices, of_absence=True)
            return
        largest = max(slices, key=lambda one: one.values[0])
        shown, count = ML.shown, len({image_called(one.task, one.image) for one in slices})
        over = f"{count} slice{'s' * (count > 1)}"
        for kind, broken in self._limits.broken_by(volume, "too-small", "too-large"):
            yield self.departs(kind, largest, slices=over, volume=shown(broken.size), limit=shown(broken.limit))

    cases = (
        Case("at both limits", {"min_ml": 0.15, "max_ml": 0.15}, _THREE),
        Case(
            "below the lower limit",
            {"min_ml": 0.151},
            _THREE,
            finds="the volume over 3 slices is 0.15 ml, below the limit of 0.151 ml",
        ),
        Case(
            "above the upper limit",
            {"max_ml": 0.149},
            _THREE,
            finds="the volume over 3 slices is 0.15 ml, above the limit of 0.149 ml",
        ),
        Case(
            "at a lower limit that departs itself",
            {"min_ml": 0.15, "at_limit": "departs"},
            _THREE,
            finds="the volume over 3 slices is 0.15 ml, not over the limit of 0.15 ml",
        ),
        Case(
            "at an upper limit that departs itself",
            {"max_ml": 0.15, "at_limit": "departs"},
            _THREE,
            finds="the volume over 3 slices is 0.15 ml, not under the limit of 0.15 ml",
        ),
        Case(
            "each slice counts as it is drawn, with its own pixels",
            {"min_ml": 0.171},
            (
                _slice("1", 0.0, "#.\n.."),
                _slice("2", 10.0, "##\n##"),
                _slice("3", 20.0, "##\n##", Spacing(row_mm=2.0, column_mm=1.5)),
            ),
            finds="the volume over 3 slices is 0.17 ml, below the limit of 0.171 ml",
        ),
        Case(
            "the order is that of positions, not that of tasks",
            {"min_ml": 0.05, "max_ml": 0.05},
            (_slice("1", 2.5, "##"), _slice("2", 0.0, "#" * 16), _slice("3", 5.0, "##")),
        ),
        Case(
            "two pieces on one slice, and an area taken out",
            {"min_ml": 0.016, "max_ml": 0.016},
            (
                _pieces("1", 0.0),
                _slice("2", 2.0, "####"),
            ),
        ),
        Case(
            "two pieces that share pixels",
            {"min_ml": 0.01, "max_ml": 0.01},
            tuple(
                Handed(
                    task=task,
                    draws=(Drawn(text="####", object_name="1"), Drawn(text="..###", object_name="1")),
                    image=_image(z_mm),
                )
                for task, z_mm in (("1", 0.0), ("2", 1.0))
            ),
        ),
        Case(
            "two slices are too small",
            {"min_ml": 0.017},
            (_pieces("1", 0.0), _slice("2", 2.0, "####")),
            finds="the volume over 2 slices is 0.016 ml",
        ),
        Case(
            "one slice, of which the spacing is stated",
            {"min_ml": 0.05, "max_ml": 0.05},
            (_slice("1", 0.0, spacing_mm=2.5, thickness_mm=5.0),),
        ),
        Case(
            "one slice, of which the thickness alone is stated",
            {"min_ml": 0.2},
            (_slice("1", 0.0, thickness_mm=5.0),),
            finds="the volume over 1 slice is 0.1 ml, below the limit of 0.2 ml",
        ),
        Case(
            "one slice, of which neither is stated",
            {"min_ml": 0.2},
            (_slice("1", 0.0),),
            cannot="its volume: there is one slice only, of which neither spacing nor thickness is known",
        ),
        Case(
            "where a slice lies is not known",
            {"max_ml": 0.001},
            (_slice("1", 0.0), _slice("2", None)),
            cannot="lies is not known: the task data has no ImagePositionPatient",
        ),
        Case(
            "a slice is left out between two",
            {"max_ml": 0.001},
            (_slice("1", 0.0), _slice("2", 2.5), _pieces("3", 5.0), _pieces("4", 10.0)),
            cannot="Object 1: Region 1 lesion of task 3 and Object 1: Region 1 lesion of task 4 lie 5 mm apart where"
            " 2.5 mm is usual",
        ),
        Case("headers round", {"max_ml": 0.16}, (_slice("1", 0.0), _slice("2", 2.5), _slice("3", 4.9))),
        Case(
            "two images at one place",
            {"max_ml": 0.001},
            (_slice("1", 0.0), *(_slice(task, 2.5) for task in ("2", "3", "4"))),
            cannot="task 2 and task 3 show the same place, which would count twice",
        ),
        Case(
            "directions of rows and columns are not known",
            {"max_ml": 0.001},
            tuple(Handed(task=task, draws=_MARK, image=_image(z_mm, None)) for task, z_mm in (("1", 0.0), ("2", 2.5))),
            cannot="its volume: the orientation of slice",
        ),
        Case(
            "spacing not known",
            {"min_ml": 1.0},
            (_slice("1", 0.0, spacing=None),),
            cannot="pixel spacing",
            times=2,
            spacing=None,
        ),
        Case("an image of no series", {"min_ml": 1.0}, "##", cannot="the image does not say of which it is"),
        Case(
            "rows twice as far apart as columns",
            {"min_ml": 0.041},
            tuple(_slice(task, z_mm, "####", _LONG) for task, z_mm in (("1", 0.0), ("2", 2.5))),
            finds="the volume over 2 slices is 0.04 ml",
            spacing=_LONG,
        ),
        Case("each region by itself", {"min_ml": 1.0, "of": "region"}, "##", cannot="judged by itself here"),
        Case(
            "an object without a name cannot be joined",
            {"min_ml": 1.0},
            (Handed(task="1", draws="##", image=_image(0.0)),),
            cannot="name the object",
        ),
    )
