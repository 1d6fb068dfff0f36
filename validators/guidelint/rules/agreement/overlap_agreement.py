"""The rule ``overlap-agreement``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import model_validator

from guidelint.annotation.kept_region import KeptRegion, kept_region
from guidelint.annotation.laid_upon_each_other import Pair, Shown, pairs_of
from guidelint.annotation.natural_order import natural
from guidelint.annotation.tool import ENCLOSING
from guidelint.geometry.mask import MaskError
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.facts import ImageFacts
from guidelint.statistics.agreement import NoDistance
from guidelint.statistics.matching import LEAST_IOU
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.evidence import Quantity, in_percent
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import OverlapFraction, SameFraction, SlackMm
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.refines import Refines
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both, either, measure, number, percent
from guidelint.validation.scopes.annotator import COMPARED_WITH_NONE
from guidelint.validation.scopes.readers_of_series import READERS_OF_SERIES, images_in, readings
from guidelint.validation.scopes.task import TASK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.scope import Scope, Share

_OF_SERIES = "-of-series"
NAMELESS = (
    "a region without an object name is joined with none of another slice, so objects of the series are not compared"
)
DO = "Compare the two on the image, and let somebody decide who has drawn neither."
TWO_SPACINGS = "the readings of this task state different pixel spacings"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one annotation shows."""

    regions: tuple[KeptRegion, ...]
    images: tuple[int, ...] = ()
    """Which images of the task lie in the series that it is a reading of; none: the task is what is read."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """One class on one image, compared between every two readers."""

    what: str
    """As people name it."""
    of: tuple[str, str]
    """The class by its key, and the image."""
    pairs: tuple[Pair, ...]
    no_spacing: str
    in_series: str = ""
    """Ending of the kinds of departures of a series."""
    nameless: tuple[KeptRegion, ...] = ()
    """Regions on one of several slices that nothing joins with those of others."""

    @property
    def among(self) -> str:
        """Say of how many readers two are named, where there are more."""
        readers = {one.annotator for pair in self.pairs for one in (pair.one, pair.other)}
        return f", of {len(readers)} readers the two who agree least" if len(readers) != 2 else ""  # noqa: PLR2004 - a pair

    def without_distance(self) -> Iterator[CannotTell]:
        """Say between whose borders no distance can be measured, and why."""
        for reason in NoDistance:
            pairs = [pair for pair in self.pairs if pair.found.hd95_mm == reason]
            words = self.no_spacing if reason == NoDistance.NO_SPACING else f"{self.what}: {reason}"
            if pairs:
                yield CannotTell(words, tuple(dict.fromkeys(region for pair in pairs for region in pair.regions)))


def _says(one: str, other: str, by: str) -> dict[str, Says]:
    """Say it of two annotations, or of two readers."""
    two = f"{one} and {other}{{among}}"
    only_one = (
        f"is marked {by} {one} and not {by} {other}, a Dice coefficient of {{measured}}; at least {{limit}} is asked "
        "for"
    )
    return {
        "areas": Says(
            f"the Dice coefficient (1: the same area) of {{what}} is {{measured}} between {two}; at least {{limit}} "
            "is asked for",
            DO,
            names_all=True,
        ),
        "only-one": Says(
            f"{{what}} {only_one}",
            DO,
            names_all=True,
            under_condition=f"{{what}} for which the condition holds {only_one}",
        ),
        "borders": Says(
            f"the borders of {{what}} are {{measured}} apart (HD95) between {two}; at most {{limit}} is asked for",
            DO,
            names_all=True,
        ),
        "objects": Says(
            f"{{measured}} of what is marked as {{what}} is the same between {two}; at least {{limit}} is asked for",
            DO,
            names_all=True,
        ),
    }


_OF_TASK: Final = _says("annotation {one} by {one_reader}", "annotation {other} by {other_reader}", "in")
_BY_READERS: Final = _says("{one_reader}", "{other_reader}", "by")
"""Over a series each reader has many annotations."""


def _mm(length: float) -> str:
    return measure(length, "mm")


def _every(names: Names) -> str:
    return f"every {names.kind}" if names.concerned else "what they mark"


def _written(limits: Iterable[tuple[float | None, Callable[[float], str], str]]) -> Iterator[str]:
    return (words.format(write(limit)) for limit, write, words in limits if limit is not None)


def _by_nobody(one: Contributed[Reading]) -> CannotTell:
    return CannotTell(COMPARED_WITH_NONE.format(one.annotation), one.value.regions)


def _shown(contributions: Iterable[Contributed[Reading]], image: int, class_name: str) -> Iterator[Shown]:
    """Tell what every reader drew of a class on an image."""
    for one in contributions:
        regions = (part for part in one.value.regions if part.image == image and part.class_name == class_name)
        if one.annotator is not None:
            yield Shown(one.annotation, one.annotator, tuple(regions))


def _spacing(regions: Sequence[KeptRegion]) -> tuple[Spacing | None, str]:
    """Give the spacing that all regions have, or the reason why there is none."""
    unknown = next((region.no_spacing for region in regions if region.spacing is None), "")
    known = {region.spacing for region in regions}
    if unknown or len(known) > 1:
        return None, unknown or TWO_SPACINGS
    return next(iter(known), None), ""


def _figure(told: tuple[float, object]) -> float:
    return told[0]


def _slice(task: str, draws: str | Drawn | tuple[Drawn, ...], annotator: str | None = "ann") -> Handed:
    """Read one slice of a series."""
    return Handed(task=task, draws=draws, annotator=annotator, image=ImageFacts(1, 4, series_uid="1.2.3"))


def _named(text: str, name: str = "a") -> Drawn:
    return Drawn(text=text, object_name=name)


class OverlapAgreement(GatheringRule[Reading]):
    """The readers of a task agree on what they drew.

    ## Why
    Where two readers draw different things, one of them is wrong or the guideline leaves open what is right; a model
    that learns from either learns the disagreement. It is seen only when readings are laid upon each other.

    ## How it is measured
    Each class of each image by itself, every two readers with one another; the two who agree least decide. The Dice
    coefficient and HD95 are those of everything a reader drew of the class, as one mask, excluded areas taken out. HD95
    is the larger of the two 95th percentiles of the distances from each border pixel of the one to the nearest border
    pixel of the other, between pixel centres, in mm. So an object that one of them missed counts in both.

    Objects are regions, or all regions of one object name. An object of one reader is matched with one object of the
    other, so that their overlaps (IoU) sum up to the most; both of each match count among all objects of the two.

    With ``per: series`` this is asked over all slices of a series together: the Dice coefficient is that of all pixels
    of the class, an object is all regions of one object name, and so is its overlap. Only readers who have read the
    same images of it are compared; of others it is said. Borders (HD95) are measured on each image alone.

    Where neither reader drew any of a class, agreement on it does not apply. Where only one did, the Dice coefficient
    is 0 and HD95 cannot be evaluated. Readings by one reader are not compared with each other, and a single reader
    agrees with nobody: that there are two is for `enough-readers` to ask. Points have no area and are left out.

    ## Source
    Metrics Reloaded (Maier-Hein et al. 2024, doi 10.1038/s41592-023-02151-z) for Dice, HD95 and matching by overlap;
    how much agreement there must be is a choice of the guideline.
    """

    min_dice: Annotated[OverlapFraction, Lower("Dice coefficient", unmet_at=1)] | None = None
    """Least Dice coefficient, from 0 for nothing in common to 1 for the same area."""
    max_hd95_mm: Annotated[SlackMm, Upper("distance of borders", unmet_at=0)] | None = None
    """Largest distance in mm within which 95 % of each border lies from the other."""
    min_matched: Annotated[OverlapFraction, Lower("objects drawn by both")] | None = None
    """Least fraction of the objects that both readers drew."""
    match_iou: Annotated[SameFraction, Refines("min_matched")] = LEAST_IOU
    """Least overlap (IoU) with which two objects are the same one."""

    per: Annotated[Literal["task", "series"], UnlessEmpty()] = "task"
    """Over what readers are compared: each image of a task, or all slices of a series together."""

    scope = TASK
    tells_readers_apart = True
    contribution = Reading
    revision = 2
    compares_readers = 2
    tools = ENCLOSING
    needs = frozenset({"annotators"})
    says = {**_OF_TASK, **{f"{kind}{_OF_SERIES}": _BY_READERS[kind] for kind in ("areas", "only-one", "objects")}}

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        limits = (
            (self.min_dice, number, "a Dice coefficient of at least {} (1: the same area)"),
            (self.max_hd95_mm, _mm, "borders at most {} apart (HD95)"),
            (self.min_matched, percent, f"at least {{}} of the objects the same{self._same}"),
        )
        return f"Readers of one {self._over} agree on {_every(names)}: {both(_written(limits))}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        limits = (
            (self.min_dice, number, "a Dice coefficient under {} (1: the same area)"),
            (self.max_hd95_mm, _mm, "borders more than {} apart (HD95)"),
            (self.min_matched, percent, f"under {{}} of the objects the same{self._same}"),
        )
        return f"readers of one {self._over} disagree on {_every(names)}: {either(_written(limits))}"

    @property
    def _over(self) -> str:
        return "series, over all its slices," if self.per == "series" else "task"

    @property
    def _same(self) -> str:
        return f" by an overlap (IoU) of at least {number(self.match_iou)}"

    @model_validator(mode="after")
    def _borders_of_an_image(self) -> Self:
        if self.per == "series" and self.max_hd95_mm is not None:
            raise ValueError("borders are measured on each image: ask for `max_hd95_mm` in a use of its own")
        return self

    def over(self) -> Scope | None:
        """Gather the readings of a task, or those of a series."""
        return READERS_OF_SERIES if self.per == "series" else self.scope

    def compares_at_least(self) -> int:
        """Ask for two readings."""
        return 2

    def gather(self, share: Share) -> Iterator[Gathered[Reading]]:
        """Contribute all that is drawn, and that nothing is."""
        regions = (region for region in share.regions if region.class_name is not None)
        yield Gathered(Reading(tuple(kept_region(region, share.submission) for region in regions), images_in(share)))

    def check_gathered(self, contributions: Sequence[Contributed[Reading]]) -> Iterator[Reply]:
        """Compare every two readers, each class of each image by itself."""
        if len(contributions) == 1:
            return
        if self.per == "series":
            yield from self._judge_series(contributions)
            return
        yield from (_by_nobody(one) for one in contributions if one.annotator is None)
        regions = [region for one in contributions if one.annotator is not None for region in one.value.regions]
        several = len({region.image for region in regions}) > 1
        for image, class_name in sorted({(region.image, region.class_name or "") for region in regions}):
            shown = sorted(_shown(contributions, image, class_name), key=lambda one: natural(one.annotation))
            where = f" on image {image + 1}" if several else ""
            yield from self._judge(shown, (class_name, str(image)), where)

    def _judge_series(self, contributions: Sequence[Contributed[Reading]]) -> Iterator[Reply]:
        """Compare those who have read the whole series, each class over all its slices."""
        read = readings(contributions)
        yield from read.compared_with_none()
        drawn = {reader: [part for one in own for part in one.value.regions] for reader, own in read.compared.items()}
        for name in sorted({part.class_name or "" for parts in drawn.values() for part in parts}):
            shown = [
                Shown("", reader, tuple(part for part in parts if part.class_name == name), read.slices)
                for reader, parts in drawn.items()
            ]
            yield from self._judge(shown, (name, ""), f" over {len(read.slices)} images")

    def _judge(self, shown: Sequence[Shown], of: tuple[str, str], where: str) -> Iterator[Reply]:
        """Judge one class on one image, without the readings of which some pixels cannot be told."""
        broken = tuple(region for one in shown for region in one.regions if region.no_pixels)
        if broken:
            yield CannotTell(broken[0].no_pixels, broken)
        whole = [one for one in shown if not any(region.no_pixels for region in one.regions)]
        regions = tuple(region for one in whole for region in one.regions)
        spacing, no_spacing = _spacing(regions)
        try:
            pairs = tuple(pairs_of(whole, spacing if self.max_hd95_mm is not None else None, self.match_iou))
        except MaskError as error:
            yield CannotTell(str(error), regions)
            return
        title = next((region.class_title for region in regions), "")
        joined = (one.regions for one in whole if len(one.slices) > 1)
        nameless = tuple(region for own in joined for region in own if not region.object_name)
        in_series = _OF_SERIES if self.per == "series" else ""
        compared = _Compared(f"{title}{where}", of, pairs, no_spacing, in_series, nameless)
        yield from self._areas(compared)
        yield from self._borders(compared)
        yield from self._objects(compared)

    def _areas(self, compared: _Compared) -> Iterator[Departure]:
        told = [(pair.found.dice, pair) for pair in compared.pairs if pair.found.dice is not None]
        if self.min_dice is None or not told:
            return
        dice, pair = min(told, key=_figure)
        if dice < self.min_dice:
            kind = "areas" if pair.one.regions and pair.other.regions else "only-one"
            yield self._apart(kind, compared, pair, Quantity(dice), Quantity(self.min_dice))

    def _borders(self, compared: _Compared) -> Iterator[Reply]:
        if self.max_hd95_mm is None:
            return
        yield from compared.without_distance()
        told = [(pair.found.hd95_mm, pair) for pair in compared.pairs if isinstance(pair.found.hd95_mm, float)]
        if not told:
            return
        distance, pair = max(told, key=_figure)
        if distance > self.max_hd95_mm:
            yield self._apart("borders", compared, pair, Quantity(distance, "mm"), Quantity(self.max_hd95_mm, "mm"))

    def _objects(self, compared: _Compared) -> Iterator[Reply]:
        if self.min_matched is not None and compared.nameless:
            yield CannotTell(NAMELESS, compared.nameless)
            return
        told = [(pair.matched, pair) for pair in compared.pairs if pair.matched is not None]
        if self.min_matched is None or not told:
            return
        matched, pair = min(told, key=_figure)
        if matched < self.min_matched:
            yield self._apart("objects", compared, pair, in_percent(matched), in_percent(self.min_matched))

    def _apart(self, kind: str, compared: _Compared, pair: Pair, measured: Quantity, limit: Quantity) -> Departure:
        one, other = sorted((pair.one, pair.other), key=lambda shown: not shown.regions)
        return self.departs(
            f"{kind}{compared.in_series}",
            *pair.regions,
            about="\x1f".join((*compared.of, *sorted((one.reading, other.reading)))),
            what=compared.what,
            one=one.annotation,
            one_reader=(one.annotator,),
            other=other.annotation,
            other_reader=(other.annotator,),
            among=compared.among,
            measured=measured,
            limit=limit,
        )

    cases = (
        Case(
            "two readers who draw nearly the same",
            {"min_dice": 0.75, "max_hd95_mm": 1.0, "min_matched": 1.0, "match_iou": 0.6},
            (Handed(draws="####"), Handed(annotator="bob", draws=".###")),
            why="3 of 4 and 3 pixels: a Dice coefficient of 6/7, an IoU of 3/4; a border pixel is 1 mm from the other.",
        ),
        Case(
            "as alike as asked for",
            {"min_dice": 0.5},
            (Handed(draws="##."), Handed(annotator="bob", draws=".##")),
        ),
        Case(
            "less alike than asked for",
            {"min_dice": 0.6},
            (Handed(draws="##.", annotation="7"), Handed(annotator="bob", draws=".##", annotation="8")),
            finds="the Dice coefficient (1: the same area) of lesion is 0.5 between annotation 7 by ann and "
            "annotation 8 by bob; at least 0.6 is asked for",
        ),
        Case(
            "only one of two marks it",
            {"min_dice": 0.1},
            (Handed(draws="##", annotation="7"), Handed(annotator="bob", annotation="8")),
            finds="lesion is marked in annotation 7 by ann and not in annotation 8 by bob, a Dice coefficient of 0;",
        ),
        Case(
            "the second of two marks it",
            {"min_dice": 0.1},
            (Handed(annotation="7"), Handed(annotator="bob", draws="##", annotation="8")),
            finds="lesion is marked in annotation 8 by bob and not in annotation 7 by ann",
        ),
        Case(
            "only one of two marks it, so there is no other border",
            {"max_hd95_mm": 100.0},
            (Handed(draws="##"), Handed(annotator="bob")),
            cannot="lesion: only one of the two drew any",
        ),
        Case("neither marks anything", {"min_dice": 0.9, "max_hd95_mm": 1.0}, (Handed(), Handed(annotator="bob"))),
        Case(
            "a reader by id and a reader by address may be one person",
            {"min_dice": 0.9},
            (
                Handed(annotator="1", draws="##..", annotation="8"),
                Handed(annotator="ann@example.org", draws="..##", annotation="9"),
            ),
            cannot="annotation 8 is by annotator 1 and annotation 9 by ann@example.org, and whether that is one person",
        ),
        Case("one reader only", {"min_dice": 0.9, "max_hd95_mm": 1.0}, (Handed(draws="#"),)),
        Case(
            "one reader who read it twice",
            {"min_dice": 0.9},
            (Handed(draws="##..", annotation="7"), Handed(draws="..##", annotation="8")),
        ),
        Case(
            "two of three readers disagree",
            {"min_dice": 0.6},
            (
                Handed(draws="##..", annotation="7"),
                Handed(annotator="bob", draws="##..", annotation="8"),
                Handed(annotator="cyd", draws=".##.", annotation="9"),
            ),
            finds="is 0.5 between annotation 7 by ann and annotation 9 by cyd, of 3 readers the two who agree least;",
        ),
        Case(
            "borders as far apart as may be, along a row",
            {"max_hd95_mm": 0.5},
            (Handed(draws="#."), Handed(annotator="bob", draws=".#")),
            spacing=Spacing(row_mm=2.0, column_mm=0.5),
        ),
        Case(
            "borders too far apart, along a column",
            {"max_hd95_mm": 1.9},
            (Handed(draws="#\n."), Handed(annotator="bob", draws=".\n#")),
            finds="the borders of lesion are 2 mm apart (HD95) between",
            spacing=Spacing(row_mm=2.0, column_mm=0.5),
        ),
        Case(
            "the pair whose borders are farthest apart decides",
            {"max_hd95_mm": 1.0},
            (
                Handed(draws="#..", annotation="7"),
                Handed(annotator="bob", draws=".#.", annotation="8"),
                Handed(annotator="cyd", draws="..#", annotation="9"),
            ),
            finds="are 2 mm apart (HD95) between annotation 7 by ann and annotation 9 by cyd",
        ),
        Case(
            "spacing not known",
            {"max_hd95_mm": 5.0, "min_dice": 0.1},
            (Handed(draws="##."), Handed(annotator="bob", draws=".##")),
            cannot="pixel spacing",
            spacing=None,
        ),
        Case(
            "two spacings for one image",
            {"max_hd95_mm": 5.0},
            (
                Handed(draws="##", image=ImageFacts(1, 2, Spacing(1.0, 1.0))),
                Handed(annotator="bob", draws="##", image=ImageFacts(1, 2, Spacing(1.0, 2.0))),
            ),
            cannot="the readings of this task state different pixel spacings",
        ),
        Case(
            "spacing not needed",
            {"min_dice": 0.5},
            (Handed(draws="##."), Handed(annotator="bob", draws=".##")),
            spacing=None,
        ),
        Case(
            "one of two objects missed",
            {"min_matched": 0.7},
            (
                Handed(draws=(Drawn(text="##...."), Drawn(text="....##"))),
                Handed(annotator="bob", draws=Drawn(text="##....")),
            ),
            finds="66.7 % of what is marked as lesion is the same between",
        ),
        Case(
            "the pair with the fewest objects in common decides",
            {"min_matched": 0.7},
            (
                Handed(draws=(Drawn(text="##...."), Drawn(text="....##"))),
                Handed(annotator="bob", draws=(Drawn(text="##...."), Drawn(text="....##"))),
                Handed(annotator="cyd", draws=Drawn(text="##....")),
            ),
            finds="66.7 % of what is marked as lesion is the same between",
        ),
        Case(
            "as many objects missed as may be",
            {"min_matched": 0.5},
            (
                Handed(draws=(Drawn(text="##...."), Drawn(text="...##."))),
                Handed(annotator="bob", draws=(Drawn(text="##...."), Drawn(text=".....#"))),
            ),
        ),
        Case(
            "each class by itself",
            {"min_dice": 0.9},
            (
                Handed(draws=(Drawn(text="##.."), Drawn(text="..##", class_name="cyst"))),
                Handed(annotator="bob", draws=(Drawn(text="##.."), Drawn(text="...#", class_name="cyst"))),
            ),
            finds="of cyst is 0.7 between",
        ),
        Case(
            "each image by itself",
            {"min_dice": 0.9},
            (
                Handed(draws=(Drawn(text="##", item_index=0), Drawn(text="##", item_index=1))),
                Handed(annotator="bob", draws=(Drawn(text="##", item_index=0), Drawn(text="#.", item_index=1))),
            ),
            finds="of lesion on image 2 is 0.7 between",
        ),
        Case(
            "an object in two regions is one",
            {"min_matched": 1.0, "match_iou": 0.9},
            (
                Handed(draws=(Drawn(text="##..", object_name="a"), Drawn(text="..##", object_name="a"))),
                Handed(annotator="bob", draws="####"),
            ),
        ),
        Case(
            "a mask that does not decode leaves the others",
            {"min_dice": 0.9},
            (
                Handed(draws=Drawn(text="##", undecodable="cut off")),
                Handed(annotator="bob", draws="##", annotation="8"),
                Handed(annotator="cyd", draws="#.", annotation="9"),
            ),
            finds="is 0.7 between annotation 8 by bob and annotation 9 by cyd;",
            cannot="cut off",
        ),
        Case(
            "masks that do not decode",
            {"min_dice": 0.9},
            (
                Handed(draws=Drawn(text="##", undecodable="cut off")),
                Handed(annotator="bob", draws=Drawn(text="##", undecodable="too long")),
            ),
            cannot="cut off",
        ),
        Case(
            "one annotation only, whoever made it",
            {"min_dice": 0.9},
            (Handed(draws="##", annotator=None, annotation="9"),),
        ),
        Case(
            "an annotation that does not say who made it",
            {"min_dice": 0.9},
            (Handed(draws="##"), Handed(annotator=None, annotation="9", draws=".#")),
            cannot="annotation 9 does not say who made it",
        ),
        Case(
            "points have no area",
            {"min_dice": 0.9},
            (
                Handed(draws=Drawn(text="#.", as_="keypoint")),
                Handed(annotator="bob", draws=Drawn(text=".#", as_="keypoint")),
            ),
        ),
        Case(
            "apart on one slice, and alike enough over the series",
            {"min_dice": 0.8, "per": "series"},
            (
                _slice("1", "####"),
                _slice("2", "##.."),
                _slice("1", "####", "bob"),
                _slice("2", "#...", "bob"),
            ),
            why="Of 6 and 5 pixels 5 are the same: a Dice coefficient of 10/11.",
        ),
        Case(
            "too far apart over a series",
            {"min_dice": 0.7, "per": "series"},
            (
                _slice("1", "##.."),
                _slice("2", "##.."),
                _slice("1", "##..", "bob"),
                _slice("2", "..##", "bob"),
            ),
            finds="the Dice coefficient (1: the same area) of lesion over 2 images is 0.5 between ann and bob; at "
            "least 0.7 is asked for",
        ),
        Case(
            "only one of two marks any of it over a series",
            {"min_dice": 0.1, "per": "series"},
            (_slice("1", "##.."), _slice("2", ""), _slice("1", "", "bob"), _slice("2", "", "bob")),
            finds="lesion over 2 images is marked by ann and not by bob, a Dice coefficient of 0",
        ),
        Case(
            "objects over a series, one on two slices",
            {"min_matched": 0.8, "per": "series"},
            (
                _slice("1", _named("##..")),
                _slice("2", (_named("##.."), _named("...#", "b"))),
                _slice("1", _named("##..", "x"), "bob"),
                _slice("2", _named("##..", "x"), "bob"),
            ),
            finds="66.7 % of what is marked as lesion over 2 images is the same between ann and bob; at least 80 %",
        ),
        Case(
            "objects without a name over a series",
            {"min_matched": 0.8, "per": "series"},
            (_slice("1", "##.."), _slice("2", ""), _slice("1", "##..", "bob"), _slice("2", "", "bob")),
            cannot="a region without an object name is joined with none of another slice",
        ),
        Case(
            "objects without a name on the only slice",
            {"min_matched": 0.8, "per": "series"},
            (_slice("1", "##.."), _slice("1", "##..", "bob")),
        ),
        Case(
            "one of three has not read all of the series",
            {"min_dice": 0.9, "per": "series"},
            (
                _slice("1", "##.."),
                _slice("2", "##.."),
                _slice("1", "##..", "bob"),
                _slice("2", "##..", "bob"),
                _slice("2", "..##", "cyd"),
            ),
            cannot="cyd has read 1 of 2 images of the series, and is compared with nobody until all are in",
        ),
        Case(
            "one of two reads a slice of the series twice",
            {"min_dice": 0.9, "per": "series"},
            (
                _slice("1", "##.."),
                Handed(task="1", annotation="9", draws="..##", image=ImageFacts(1, 4, series_uid="1.2.3")),
                _slice("1", "##..", "bob"),
            ),
            cannot="ann has handed in several annotations of task 1, so nothing tells which counts",
        ),
        Case(
            "a reading of a series by nobody known",
            {"min_dice": 0.9, "per": "series"},
            (_slice("1", "##.."), _slice("1", "..##", None)),
            cannot="does not say who made it, so it is compared with no other reader's",
        ),
        Case(
            "a series in one task of several images",
            {"min_dice": 0.7, "per": "series"},
            (
                Handed(
                    draws=(Drawn(text="##..", item_index=0), Drawn(text="##..", item_index=1)),
                    images=(ImageFacts(1, 4, series_uid="1.2.3"), ImageFacts(1, 4, series_uid="1.2.3")),
                ),
                Handed(
                    annotator="bob",
                    draws=(Drawn(text="##..", item_index=0), Drawn(text="..##", item_index=1)),
                    images=(ImageFacts(1, 4, series_uid="1.2.3"), ImageFacts(1, 4, series_uid="1.2.3")),
                ),
            ),
            finds="of lesion over 2 images is 0.5 between ann and bob",
        ),
    )
