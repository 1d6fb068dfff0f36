"""What one submission contributes to an answer that follows from all of a series, a study or a patient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.annotation.each_once import each_once
from guidelint.annotation.refs import task_called
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.union import united
from guidelint.imaging.slice_place import SlicePlace  # noqa: TC001 - contributions are read back from where they are kept
from guidelint.validation.criteria.seen import Seen
from guidelint.validation.derivation import is_told_from
from guidelint.validation.deriving.given import Given
from guidelint.validation.deriving.told import kind_of
from guidelint.validation.deriving.worst_of import place_of
from guidelint.validation.each_pixel_once import Counted
from guidelint.validation.measured_in import in_words, size_in
from guidelint.validation.question import Asked, Titles
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.of_object import Look, look
from guidelint.validation.scopes.object import object_key
from guidelint.validation.volume import NO_SERIES, image_called

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Region, Value
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.derivation import Derivation, Part, ToldSource
    from guidelint.validation.follows_from import FollowsFrom
    from guidelint.validation.rule.scope import Share
    from guidelint.validation.rule.subject import Subject

AREA = -1
"""Stands in place of a part for the areas by which a sum is divided."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One number that counts."""

    part: int
    """Which question or measure of the derivation it is of, questions first; AREA: it is divided by."""
    value: float
    """Points, a number, a size, 1 of a count, or the place of a step."""
    words: str
    """What it is, in words, with no number."""
    of: str = ""
    """The object that it is of: of several with one name the largest counts; empty: it counts by itself."""
    slice: str = ""
    """Of the area of what has a volume: the slice on which it lies."""
    class_name: str = ""
    """Class of the region that it is of; empty: it is of an image."""
    look: Look | None = None
    """What the region shows of the condition under which its object counts; None: there is no condition."""
    untold: str = ""
    """Why the number cannot be told, where its object need not count; empty: it can."""


@dataclass(frozen=True, slots=True)
class SliceRead:
    """A slice of a series that was read, whether anything is marked on it or not."""

    name: str
    series: str
    place: SlicePlace


@dataclass(frozen=True, slots=True)
class Unasked:
    """An object that is there, and of which a question is not asked."""

    part: int
    of: str
    words: str
    """The question and the object."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """What one submission contributes."""

    pieces: tuple[Piece, ...]
    left_open: str = ""
    """Why nothing follows, since a question that may be left open was; empty: it follows."""
    asks_nobody: bool = False
    """Whether there is someone to whom a question could be put, and none is."""
    nameless: int = 0
    """Regions among them that nothing joins with those of other images."""
    slices: tuple[SliceRead, ...] = ()
    """Slices over which volumes are told; none where no volume is."""
    untold: str = ""
    """Why it cannot be told what counts; empty: it can."""
    of_sources: tuple[Pieces, ...] = ()
    """The same of each answer told of several from which it follows, in their order."""
    unasked: tuple[Unasked, ...] = ()
    """Objects of which a question is not asked."""


def pieces_of(by: Derivation, sources: Sequence[ToldSource], share: Share, titles: Titles) -> Pieces:
    """Take what counts, or what counts for the answers from which it follows; of those, one may be untold.

    Raises NotMeasurable where something that counts itself cannot be told.
    """
    if not sources:
        return Contributing(by, share, titles).pieces()
    return Pieces((), of_sources=tuple(_of_source(one, sources, share, titles) for one in sources))


def _of_source(source: ToldSource, sources: Sequence[ToldSource], share: Share, titles: Titles) -> Pieces:
    by = source.change.derivation if source.change else source.derivation
    if is_told_from(by, sources):
        return Pieces(())
    try:
        return Contributing(by, share, titles).pieces()
    except NotMeasurable as error:
        return Pieces((), untold=f"{error} ({task_called(share.submission.task)})")


@dataclass(frozen=True, slots=True)
class Contributing:
    """Takes out of a share what counts."""

    by: Derivation
    share: Share
    titles: Titles

    def pieces(self) -> Pieces:
        """Take it. Raises NotMeasurable where something cannot be told."""
        if not self.by.terms and not self.by.parts:
            raise NotMeasurable("the guideline does not say what it follows from")
        found = tuple(self._found())
        pieces = tuple(one for one in found if isinstance(one, Piece))
        nameless = sum(not region.object_name for region in self._regions(self._classes))
        is_answered = any(0 <= piece.part < len(self.by.terms) for piece in pieces)
        asks_nobody = not is_answered and any(map(self._has_place, self.by.terms))
        return Pieces(
            pieces,
            left_open=next((str(one) for one in found if isinstance(one, LeftOpen)), ""),
            asks_nobody=asks_nobody,
            nameless=nameless,
            slices=tuple(self._slices()),
            unasked=tuple(one for one in found if isinstance(one, Unasked)),
        )

    def _has_place(self, term: FollowsFrom) -> bool:
        """Whether there is someone to whom a question could be put."""
        return bool(self._regions(term.of)) if term.of else any(images_asked(self.share, term.question))

    @property
    def _classes(self) -> tuple[str, ...]:
        asked = (term.of for term in self.by.terms)
        measured = (part.classes for part in self.by.parts)
        return tuple(dict.fromkeys(name for classes in (*asked, *measured) for name in classes))

    def _found(self) -> Iterator[Piece | Unasked | LeftOpen]:
        """Give what counts, and what is not there to count."""
        for number, term in enumerate(self.by.terms):
            yield from self._answered(number, term)
        for number, part in enumerate(self.by.parts, len(self.by.terms)):
            if part.measured == "volume":
                yield from self._areas(number, part)
                continue
            for region in self._regions(part.classes):
                piece = self._measured(number, part, region)
                yield replace(piece, class_name=str(region.class_name), look=self._look(region))
        for region in self._regions(self.by.per_mm2_of):
            yield Piece(AREA, size_in(region, "area", "mm2"), "")

    def _regions(self, classes: tuple[str, ...]) -> tuple[Region, ...]:
        return tuple(each_once(region for region in self.share.regions if region.class_name in classes))

    def _measured(self, number: int, part: Part, region: Region) -> Piece:
        if part.measured == "count":
            return Piece(number, 1.0, kind_of(region), _object(region))
        words, size, untold = f"{in_words(part.measured)} of {self._named(region)}", 0.0, ""
        try:
            size = size_in(region, part.measured, self.by.unit)
        except NotMeasurable as error:
            if self.by.which is None:
                raise
            untold = str(error)
        return Piece(number, size, words, _object(region), untold=untold)

    def _areas(self, number: int, part: Part) -> Iterator[Piece]:
        """Give the area of each object on each slice; pixels that two regions of a class have count once."""
        objects: dict[tuple[str, str, str, tuple[int, int]], list[Region]] = {}
        for region in self._regions(part.classes):
            kind = f"{in_words(part.measured)} of {kind_of(region)}"
            words = f"{kind} {region.object_name}" if region.object_name else kind
            key = (_object(region), words, self._slice(region), region.image_shape)
            objects.setdefault(key, []).append(region)
        counted = Counted()
        for (of, words, name, _), regions in objects.items():
            mask, class_name = united([region.mask for region in regions]), str(regions[0].class_name)
            mm2 = counted.new_px(mask, class_name, name) * regions[0].known_spacing.pixel_mm2
            first, *others = map(self._look, regions)
            yield Piece(number, mm2, words, of, name, class_name, first)
            yield from (Piece(number, 0.0, words, of, name, class_name, one) for one in others if one is not None)

    def _look(self, region: Region) -> Look | None:
        if self.by.which is None:
            return None
        asked = Asked.of(region, self.share.submission)
        return look(self.by.which, Seen(asked, self.share.submission, self.titles, self.by.asked).itself)

    def _slice(self, region: Region) -> str:
        """Name the slice of a region; its series must be known."""
        submission = self.share.submission
        if submission.image_of(region).series_uid is None:
            raise NotMeasurable(NO_SERIES)
        return image_called(submission.task, submission.grid_of(region))

    def _slices(self) -> Iterator[SliceRead]:
        if not any(part.measured == "volume" for part in self.by.parts):
            return
        submission = self.share.submission
        read: dict[str, SliceRead] = {}
        for at, image in (submission.item_images or {0: submission.image}).items():
            if image.series_uid is not None and is_of(image, self.share.subject):
                name = image_called(submission.task, 0 if submission.one_grid else at)
                read.setdefault(name, SliceRead(name, image.series_uid, image.place))
        yield from read.values()

    def _answered(self, number: int, term: FollowsFrom) -> Iterator[Piece | Unasked | LeftOpen]:
        submission = self.share.submission
        for region in self._regions(term.of):
            asked = Asked.of(region, submission).alone
            match self._of_answers(number, term, asked):
                case Piece() as piece:
                    words = f"{piece.words} of {self._named(region)}"
                    yield replace(piece, words=words, of=_object(region), class_name=str(region.class_name))
                case LeftOpen() as error:
                    yield error
                case None:
                    if region.object_name:
                        words = f"“{self.titles.question(term.question)}” is not asked of {self._named(region)}"
                        yield Unasked(number, _object(region), words)
        for asked in () if term.of else images_asked(self.share, term.question):
            if (answered := self._of_answers(number, term, asked)) is not None:
                yield answered

    def _of_answers(self, number: int, term: FollowsFrom, asked: Asked) -> Piece | LeftOpen | None:
        """Take what the answers at one place count together; of steps the highest. None: it is not asked there."""
        given = Given(asked, self.share.submission, self.titles)
        try:
            counted = [(self._counts(given, term, value), value) for value in given.answers(term)]
        except LeftOpen as error:
            return error
        if not counted:
            return None
        if self.by.how == "worst-of":
            value, worst = max(counted, key=lambda one: one[0])
            return Piece(number, value, given.answered(term, worst))
        shown = (given.answered(term, value) if term.points else given.question(term) for _, value in counted)
        words = " and ".join(dict.fromkeys(shown))
        return Piece(number, sum(counts for counts, _ in counted), words)

    def _counts(self, given: Given, term: FollowsFrom, value: Value) -> float:
        if self.by.how == "worst-of":
            return float(place_of(self.by, given, term, value))
        return given.counts(term, value)

    def _named(self, region: Region) -> str:
        of_task = task_called(self.share.submission.task)
        return f"{kind_of(region)} {region.object_name}" if region.object_name else f"{region.title} of {of_task}"


def _object(region: Region) -> str:
    return object_key(region.class_name, region.object_name or "")


def images_asked(share: Share, question: str) -> Iterator[Asked]:
    """Give whoever is asked about images: the task as a whole, or its images of the subject, one by one."""
    submission = share.submission
    by_item = any(question in answers for answers in submission.item_answers.values())
    if not by_item or question in submission.answers:
        yield Asked((), submission.answers)
        return
    for item in submission.items:
        if is_of(submission.item_images.get(item, submission.image), share.subject):
            yield Asked((), submission.item_answers.get(item, {}), submission.answers, item)


def is_of(image: ImageFacts, subject: Subject) -> bool:
    """Whether an image is of a series, a study or a patient."""
    known = {"series": image.series_uid, "study": image.study_uid, "patient": image.patient}
    return known.get(subject.kind) == (subject.series or subject.name)
