"""The rule ``count-limits``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from guidelint.annotation.each_once import each_once
from guidelint.annotation.region import option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.rule.beside import AnyOrder, Beside, UnlessEmpty
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.names import titled
from guidelint.validation.rule.parameters.amount import Count
from guidelint.validation.rule.parameters.bound import REGIONS, Lower, Upper
from guidelint.validation.rule.parameters.counting import CountedApart, CountedOver, Over
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import ONE_CHOSEN, Classes, Concerned, ImageName, OptionOf, QuestionOf
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell, Departure
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.several import Several
from guidelint.validation.rule.wording import both, counted, either, miscounted
from guidelint.validation.scopes.annotator import NO_ANNOTATOR
from guidelint.validation.scopes.object import Mark, mark_of
from guidelint.validation.scopes.patient import PATIENT
from guidelint.validation.scopes.series import SERIES
from guidelint.validation.scopes.study import STUDY
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.scope import Scope, Share

    Answers = tuple[str, ...]


T = TypeVar("T", bound="Region | Mark")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be counted of one submission; of most, nothing."""

    marks: tuple[Mark, ...]
    answers: tuple[tuple[str, ...], ...] = ()
    """How each of them is answered, where each answer is counted by itself."""

    def answered(self) -> Iterator[tuple[Mark, Answers]]:
        """Give each mark with its answers."""
        for number, mark in enumerate(self.marks):
            yield mark, self.answers[number] if self.answers else ()


@dataclass(frozen=True, slots=True)
class Broken(Generic[T]):
    """A limit that is not kept."""

    kind: str
    limit: int
    found: Mapping[str, T]
    """What was counted."""
    answer: str | None
    """For which answer it was counted; None: all together."""


def _object(mark: Mark) -> str:
    """Tell what a mark is of: the object that it names, or nothing but itself."""
    return mark.object_key or "\x1f".join(mark.key())


def _nameless(found: Iterable[Mark]) -> str:
    """Say how many are counted each since nothing joins them."""
    count = sum(not mark.object_name for mark in found)
    return f", {count} of them without an object name" if count else ""


def _read(
    *names: str,
    organ: str | None = None,
    patient: str | None = "P-1",
    study: str | None = "1.1",
    series: str | None = "1.2",
    task: str = "1",
) -> Handed:
    """Hand in one slice of a patient with the objects that it names, `-` for one without a name."""
    answers: Mapping[str, str | float] = {"organ": organ} if organ else {}
    drawn = tuple(Drawn(text="#", object_name=None if name == "-" else name, answers=answers) for name in names)
    image = ImageFacts(spacing=ONE_MM, series_uid=series, patient=patient, study_uid=study)
    return Handed(draws=drawn, task=task, image=image)


class CountLimits(SubmissionRule, GatheringRule[Counted]):
    """The number of regions of a class on one image, or of objects of a series, study or patient, lies within limits.

    ## Why
    Some structures are there exactly once; some protocols stop counting at a number. More than that is a slip or a
    duplicate, less is a forgotten one.

    ## How it is measured
    Regions of the classes on the image are counted together; excluded areas are not regions of their own. In a task of
    several images each is counted by itself; where images have names, those on which the class may be drawn (`on:`).

    Per series, study and patient, objects are counted, over all images that one annotator has read: regions of one
    class that bear one object name are one object, on whatever slice, series or study they lie. So what differs needs
    names that differ. A region without an object name counts as an object of its own, on every slice anew; the message
    says how many there are of them. Series, study and patient are known by Series Instance UID (0020,000E), Study
    Instance UID (0020,000D) and Patient ID (0010,0020), or by what stands for them under the keys that `images: keys:`
    names; where that is not known, nothing can be told.

    With ``each``, what is counted is parted by the answers to a question of the regions, and each part is counted by
    itself, as in RECIST: no more than two lesions of one organ. A least number is asked for of every option. Where the
    question is not answered, it cannot be told whether too much or too little is there; where it may stay unanswered,
    what is without an answer is not counted. Two limits, as two of an organ and five of a patient, are two uses.

    ## Source
    RECIST 1.1 (Eisenhauer et al. 2009, doi 10.1016/j.ejca.2008.10.026) measures at most 5 target lesions per patient
    and 2 per organ.
    """

    classes: Annotated[Classes, Concerned(), From("classes.*", "names")] = ()
    """Classes counted together; none: all."""
    title: Annotated[Words, Beside(), From("classes.*.title", "joined", fills_in=True)] = ""
    """What is counted, as annotators see it."""
    min: Annotated[Count, Lower(REGIONS), From("classes.*.count.min")] | None = None
    """Fewest regions on one image, or fewest objects."""
    max: Annotated[Count, Upper(REGIONS), From("classes.*.count.max")] | None = None
    """Most regions on one image, or most objects."""
    images: Annotated[tuple[ImageName, ...], UnlessEmpty(), From("classes.*.on", "united", fills_in=True)] = ()
    """Named images of the task on each of which regions are counted; none: on every image."""
    per: Annotated[Over, CountedOver(), From("classes.*.count.per")] = "image"
    """Over what they are counted: one image, one series, one study, or one patient with all studies."""
    each: Annotated[
        Annotated[str, QuestionOf(kinds=ONE_CHOSEN, about="regions")] | None,
        CountedApart(),
        UnlessEmpty(),
        From("classes.*.count.each"),
    ] = None
    """Question of the regions, for each answer to which they are counted by themselves; none: all together."""
    options: Annotated[
        tuple[Annotated[str, OptionOf(question="each")], ...],
        AnyOrder(),
        UnlessEmpty(),
        From("attributes.*.options.*", "names", of="each", given="the options of the question", fills_in=True),
    ] = ()
    """Every answer to it."""
    may_be_open: Annotated[
        bool,
        UnlessEmpty(),
        From("attributes.*.may_stay_open", of="each", given="whether it may stay unanswered", fills_in=True),
    ] = False
    """Whether it may stay unanswered; what is without an answer is not counted then."""
    each_title: Annotated[
        Words,
        Beside(),
        UnlessEmpty(),
        From("attributes.*.title", of="each", given="the title of the question", fills_in=True),
    ] = ""
    """What annotators call it."""
    option_titles: Annotated[
        dict[Annotated[str, OptionOf(question="each")], Words],
        Beside(),
        UnlessEmpty(),
        From("attributes.*.option_titles", of="each", given="the titles of its options", fills_in=True),
    ] = {}
    """What annotators call the answers to it."""

    contribution = Counted
    follows = "classes.*.count"
    needs = frozenset({"separate objects"})
    says = {
        "too-few": Says(
            "on this image {marked}; at least {limit} is asked for", "Look for what is missing and mark it."
        ),
        "too-many": Says(
            "on this image {marked}; no more than {limit} may be",
            "Delete what is marked twice, and what does not belong to it.",
        ),
        "any": Says("on this image {marked}; none may be", "Delete it, or choose another class for it."),
        "too-few-named": Says(
            "on {image} {marked}; at least {limit} is asked for", "Look for what is missing and mark it."
        ),
        "too-many-named": Says(
            "on {image} {marked}; no more than {limit} may be",
            "Delete what is marked twice, and what does not belong to it.",
        ),
        "any-named": Says("on {image} {marked}; none may be", "Delete it, or choose another class for it."),
        "too-few-over": Says(
            "{marked}; at least {limit} is asked for",
            "Look on all images for what is missing and mark it.",
            of_absence=True,
        ),
        "too-many-over": Says(
            "{marked}; no more than {limit} may be",
            "Delete what does not belong to it; give the regions of one object one object name, that they count once.",
        ),
        "any-over": Says("{marked}; none may be", "Delete it, or choose another class for it."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        limits = counted(self.min, self.max, self._things(names))
        return f"{self._one_of(names, 'A')} has {limits}{self._for('each', names)}{self._together}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        limits = miscounted(self.min, self.max, self._things(names))
        return f"{self._one_of(names)} has {limits}{self._for('one', names)}{self._together}"

    def _one_of(self, names: Names, a: str = "a") -> str:
        if self.per != "image":
            return f"{a} {self.per}"
        return either(map(names.image, self.images)) or f"{a}n image"

    def _for(self, which: str, names: Names) -> str:
        return f" for {which} answer to {names.question(self.each, self.each_title)}" if self.each else ""

    @property
    def _together(self) -> str:
        return "" if self.per == "image" else ", where regions with one object name count once"

    def _things(self, names: Names) -> tuple[str, str]:
        """Name what is counted, as one and as several."""
        called = titled(self.title) if {"title"} & self.model_fields_set else ""
        classes = self.classes or names.concerned
        kinds = names.kinds(classes) if classes else ""
        together = ", counted together" if classes[1:] else ""
        of = f" of {': '.join(filter(None, dict.fromkeys((called, kinds))))}{together}" if called or kinds else ""
        return f"{self._thing}{of}", f"{self._thing}s{of}"

    @property
    def _thing(self) -> str:
        return "region" if self.per == "image" else "object"

    def over(self) -> Scope | None:
        """Gather over what is counted over; an image by itself needs no others."""
        return {"image": None, "series": SERIES, "study": STUDY, "patient": PATIENT}[self.per]

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Count on each image and compare."""
        if self.per == "image":
            for image, on_image in self._by_image(submission):
                found = {str(number): region for number, region in enumerate(on_image)}
                said = {number: self._said(region) for number, region in found.items()}
                yield from self._open(found, said)
                yield from self._on_image(tuple(self._broken(found, said)), image)

    def _by_image(self, submission: Submission) -> Iterator[tuple[str, tuple[Region, ...]]]:
        """Give the regions on each image where they are counted, and how people name it; empty: it has no name."""
        where = submission.named_items(self.images)
        for item, on_image in enumerate(submission.by_item(each_once(filter(self._counts, submission.regions)))):
            if not where or item in where:
                yield submission.title_of(item), on_image

    def gather(self, share: Share) -> Iterator[Gathered[Counted]]:
        """Contribute what is counted; nothing counts as well, where a least number is asked for."""
        regions = tuple(each_once(filter(self._counts, share.regions)))
        marks = tuple(mark_of(one, share.submission) for one in regions)
        yield Gathered(Counted(marks, tuple(map(self._said, regions)) if self.each else ()))

    def check_gathered(self, contributions: Sequence[Contributed[Counted]]) -> Iterator[Reply]:
        """Count objects and compare."""
        if None in {one.annotator for one in contributions}:
            raise NotMeasurable(NO_ANNOTATOR)
        objects: dict[str, Mark] = {}
        said: dict[str, Answers] = defaultdict(tuple)
        for mark, answers in chain.from_iterable(one.value.answered() for one in contributions):
            key = _object(mark)
            objects.setdefault(key, mark)
            said[key] += answers
        yield from self._open(objects, said)
        yield from map(self._over, self._broken(objects, said))

    def _counts(self, region: Region) -> bool:
        return not self.classes or region.class_name in self.classes

    def _said(self, region: Region) -> tuple[str, ...]:
        """Tell how a region answers the question by which things are counted."""
        answer = region.answers.get(self.each) if self.each else None
        return tuple(map(option, answer.said)) if answer else ()

    def _unanswered(self, found: Mapping[str, T], said: Mapping[str, Answers]) -> tuple[T, ...]:
        if not self.each or self.may_be_open:
            return ()
        return tuple(one for key, one in found.items() if not said[key])

    def _open(self, found: Mapping[str, T], said: Mapping[str, Answers]) -> Iterator[CannotTell]:
        if unanswered := self._unanswered(found, said):
            yield CannotTell(f"it depends on the answer to “{self._question}”, which is missing", unanswered)

    def _broken(self, found: Mapping[str, T], said: Mapping[str, Answers]) -> Iterator[Broken[T]]:
        """Count all together, or for each answer; what is not answered may be of any, so nothing is too few then."""
        least = None if self._unanswered(found, said) else self.min
        for answer, part in self._parts(found, said):
            count = len(part)
            if least is not None and count < least:
                yield Broken("too-few", least, part, answer)
            elif self.max is not None and count > self.max:
                yield Broken("too-many" if self.max else "any", self.max, part, answer)

    def _parts(
        self, found: Mapping[str, T], said: Mapping[str, Answers]
    ) -> Iterator[tuple[str | None, Mapping[str, T]]]:
        """Give what is counted together: everything, or for each answer what has it."""
        if not self.each:
            yield None, found
            return
        for answer in dict.fromkeys((*self.options, *chain.from_iterable(said.values()))):
            yield answer, {key: one for key, one in found.items() if answer in said[key]}

    def _on_image(self, broken: Sequence[Broken[Region]], image: str) -> Iterator[Departure]:
        """Tell in one sentence of all answers that have too few, and in one of all that have too many."""
        for kind in dict.fromkeys(it.kind for it in broken):
            those = [it for it in broken if it.kind == kind]
            regions = tuple(dict.fromkeys(chain.from_iterable(it.found.values() for it in those)))
            marked = both(map(self._marked, those))
            count, limit = len(regions), those[0].limit
            if image:
                yield self.departs(f"{kind}-named", *regions, count=count, marked=marked, limit=limit, image=image)
            else:
                yield self.departs(kind, *regions, count=count, marked=marked, limit=limit)

    def _over(self, it: Broken[Mark]) -> Departure:
        """Let each object count by itself where there are too many of them; of too few, the number tells all."""
        several = Several()
        for key, mark in it.found.items():
            several.add(mark, of=key)
        marked = f"of this {self.per} {self._marked(it)}{_nameless(it.found.values())}"
        departure = self.departs_by_each(
            f"{it.kind}-over", several, it.answer or "", count=several.count, marked=marked, limit=it.limit
        )
        return replace(departure, members=b"") if it.kind == "too-few" else departure

    def _marked(self, it: Broken[Any]) -> str:
        count, kind = len(it.found), f" as {self.title}" if self.title else ""
        so = "" if it.answer is None else f" whose {self._question} is {self.option_titles.get(it.answer, it.answer)}"
        verb = "are" if count > 1 else "is"
        return f"{count or 'no'} {self._thing}{'s' * (count > 1)} {verb} marked{kind}{so}"

    @property
    def _question(self) -> str:
        return self.each_title or self.each or ""

    cases = (
        Case("as many as asked for", {"min": 1, "max": 1}, "#"),
        Case(
            "one too few",
            {"min": 1, "title": "Optic disc"},
            "",
            finds="on this image no region is marked as Optic disc; at least 1 is asked for",
        ),
        Case(
            "one too many",
            {"max": 1, "title": "Optic disc"},
            (Drawn(text="#.."), Drawn(text="..#")),
            finds="on this image 2 regions are marked as Optic disc; no more than 1 may be",
        ),
        Case(
            "where none is asked for",
            {"max": 0, "title": "Optic disc"},
            "#",
            finds="on this image 1 region is marked as Optic disc; none may be",
        ),
        Case("no region where one is asked for", {"min": 1}, "", finds="on this image no region is marked; at least 1"),
        Case("one region of two", {"min": 2}, "#", finds="on this image 1 region is marked; at least 2"),
        Case(
            "one on each of two images",
            {"min": 1, "max": 1},
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1)),
        ),
        Case(
            "two on one of two images",
            {"min": 1, "max": 1},
            (Drawn(text="#..", item_index=0), Drawn(text="..#", item_index=0), Drawn(text="#", item_index=1)),
            finds="on this image 2 regions are marked; no more than 1 may be",
        ),
        Case(
            "one too few on a named image",
            {"min": 1, "title": "Optic disc"},
            Drawn(text="#", item_index=0),
            finds="on Left eye no region is marked as Optic disc; at least 1 is asked for",
            of_task={"right": "Right eye", "left": "Left eye"},
        ),
        Case(
            "one too many on a named image",
            {"max": 1, "title": "Optic disc"},
            (Drawn(text="#..", item_index=1), Drawn(text="..#", item_index=1)),
            finds="on Left eye 2 regions are marked as Optic disc; no more than 1 may be",
            of_task={"right": "Right eye", "left": "Left eye"},
        ),
        Case(
            "where none is asked for on a named image",
            {"max": 0, "title": "Optic disc"},
            Drawn(text="#", item_index=1),
            finds="on Left eye 1 region is marked as Optic disc; none may be",
            of_task={"right": "Right eye", "left": "Left eye"},
        ),
        Case(
            "nothing is counted on a named image where the class may not be drawn",
            {"min": 1, "images": ["right"]},
            Drawn(text="#", item_index=0),
            of_task={"right": "Right eye", "left": "Left eye"},
        ),
        Case(
            "nothing on the one named image where the class may be drawn",
            {"min": 1, "images": ["right"]},
            Drawn(text="#", item_index=1),
            finds="on Right eye no region is marked; at least 1",
            of_task={"right": "Right eye", "left": "Left eye"},
        ),
        Case(
            "another class does not count",
            {"max": 1, "classes": ["lesion"]},
            (Drawn(text="#.."), Drawn(text="..#", class_name="cyst")),
        ),
        Case(
            "two classes counted together",
            {"max": 1, "classes": ["lesion", "cyst"]},
            (Drawn(text="#.."), Drawn(text="..#", class_name="cyst")),
            finds="2 regions are marked",
        ),
        Case(
            "as many on an image for each answer as may be",
            {"max": 1, "each": "organ"},
            (Drawn(text="#..", answers={"organ": "liver"}), Drawn(text="..#", answers={"organ": "lung"})),
        ),
        Case(
            "one too many on an image for an answer",
            {"max": 1, "each": "organ"},
            (Drawn(text="#..", answers={"organ": "liver"}), Drawn(text="..#", answers={"organ": "liver"})),
            finds="on this image 2 regions are marked whose organ is liver; no more than 1 may be",
        ),
        Case(
            "one too few on an image for an option",
            {"min": 1, "each": "organ", "options": ["liver", "lung"]},
            Drawn(text="#", answers={"organ": "liver"}),
            finds="on this image no region is marked whose organ is lung; at least 1 is asked for",
        ),
        Case(
            "too few on an image for two options",
            {"min": 2, "each": "organ", "options": ["liver", "lung"]},
            Drawn(text="#", answers={"organ": "lung"}),
            finds="on this image no region is marked whose organ is liver and 1 region is marked whose organ is lung; "
            "at least 2 is asked for",
        ),
        Case(
            "too many on an image for two answers",
            {"max": 1, "each": "organ"},
            tuple(Drawn(text="#", answers={"organ": organ}) for organ in ("lung", "bone", "lung", "bone")),
            finds="on this image 2 regions are marked whose organ is lung and 2 regions are marked whose organ is bone",
        ),
        Case(
            "one on an image for every option",
            {"min": 1, "each": "organ", "options": ["liver", "lung"]},
            (Drawn(text="#..", answers={"organ": "liver"}), Drawn(text="..#", answers={"organ": "lung"})),
        ),
        Case(
            "of what is not answered it cannot be told for which answer it counts",
            {"min": 1, "max": 2, "each": "organ", "each_title": "Organ", "options": ["liver"]},
            "#",
            cannot="it depends on the answer to “Organ”, which is missing",
        ),
        Case(
            "what may stay unanswered is not counted where it does",
            {"max": 0, "each": "organ", "may_be_open": True},
            "#",
        ),
        Case(
            "two of each organ of a patient",
            {"max": 2, "per": "patient", "each": "organ"},
            (_read("1", "2", organ="liver"), _read("3", organ="lung", task="2")),
        ),
        Case(
            "three of one organ of a patient, over two series",
            {
                "max": 2,
                "per": "patient",
                "title": "Target lesion",
                "each": "organ",
                "each_title": "Organ",
                "option_titles": {"liver": "Liver"},
            },
            (_read("1", "2", organ="liver"), _read("3", organ="liver", series="1.3", task="2")),
            finds="of this patient 3 objects are marked as Target lesion whose Organ is Liver; no more than 2 may be",
        ),
        Case(
            "an object that is answered on one of its slices",
            {"max": 0, "per": "patient", "each": "organ"},
            (_read("1"), _read("1", organ="liver", task="2")),
            finds="of this patient 1 object is marked whose organ is liver; none may be",
        ),
        Case(
            "an object that is answered on none of its slices",
            {"min": 1, "per": "patient", "each": "organ", "options": ["liver"]},
            (_read("1"), _read("1", task="2")),
            cannot="it depends on the answer to “organ”, which is missing",
        ),
        Case(
            "no object of a patient with an answer that is asked for",
            {"min": 1, "per": "patient", "each": "organ", "options": ["liver", "lung"]},
            (_read("1", organ="liver"),),
            finds="of this patient no object is marked whose organ is lung; at least 1 is asked for",
        ),
        Case(
            "as many objects of a patient as may be", {"max": 2, "per": "patient"}, (_read("1"), _read("2", task="2"))
        ),
        Case(
            "one object more than a patient may have, over two series",
            {"max": 2, "per": "patient", "title": "Target lesion"},
            (_read("1"), _read("2", series="1.3", task="2"), _read("3", series="1.3", task="3")),
            finds="of this patient 3 objects are marked as Target lesion; no more than 2 may be",
        ),
        Case(
            "one object on several slices counts once",
            {"max": 1, "per": "patient"},
            (_read("1"), _read("1", task="2"), _read("1", series="1.3", task="3")),
        ),
        Case(
            "regions without an object name count each",
            {"max": 2, "per": "patient"},
            (_read("1", "-"), _read("-", task="2")),
            finds="of this patient 3 objects are marked, 2 of them without an object name; no more than 2",
        ),
        Case(
            "one region without an object name",
            {"max": 1, "per": "series"},
            (_read("1"), _read("-", task="2")),
            finds="of this series 2 objects are marked, 1 of them without an object name; no more than 1",
        ),
        Case(
            "each patient by itself",
            {"max": 1, "per": "patient"},
            (_read("1"), _read("2", patient="P-2", task="2")),
        ),
        Case(
            "each series by itself",
            {"max": 1, "per": "series"},
            (_read("1"), _read("2", series="1.3", task="2")),
        ),
        Case(
            "one object more than a series may have",
            {"max": 1, "per": "series"},
            (_read("1"), _read("2", task="2")),
            finds="of this series 2 objects are marked; no more than 1 may be",
        ),
        Case(
            "each study of a patient by itself",
            {"max": 1, "per": "study"},
            (_read("1"), _read("2", study="1.5", task="2")),
        ),
        Case(
            "one object more than a study may have, over two series",
            {"max": 1, "per": "study"},
            (_read("1"), _read("2", series="1.3", task="2")),
            finds="of this study 2 objects are marked; no more than 1 may be",
        ),
        Case(
            "no object of a patient where one is asked for",
            {"min": 1, "per": "patient", "title": "Target lesion"},
            (_read(), _read(task="2")),
            finds="of this patient no object is marked as Target lesion; at least 1 is asked for",
        ),
        Case(
            "one object of a patient where one is asked for",
            {"min": 1, "per": "patient"},
            (_read(), _read("1", task="2"), _read(task="3")),
        ),
        Case(
            "an object where a patient is to have none",
            {"max": 0, "per": "patient"},
            (_read("1"),),
            finds="of this patient 1 object is marked; none may be",
        ),
        Case(
            "objects of two classes may bear one name",
            {"max": 1, "per": "patient"},
            (
                _read("1"),
                Handed(
                    draws=Drawn(text="#", class_name="cyst", object_name="1"),
                    task="2",
                    image=ImageFacts(spacing=ONE_MM, patient="P-1"),
                ),
            ),
            finds="of this patient 2 objects are marked; no more than 1",
        ),
        Case(
            "whose image it is, is not known",
            {"max": 1, "per": "patient"},
            (_read("1", patient=None),),
            cannot="the patient of the image is not known: the task data do not say; deliver Patient ID (0010,0020)",
        ),
        Case(
            "objects of nobody",
            {"max": 1, "per": "patient"},
            (Handed(draws="#", annotator=None, image=ImageFacts(spacing=ONE_MM, patient="P-1")),),
            cannot="the annotation does not say who made it",
        ),
        Case(
            "which study it is, is not known",
            {"max": 1, "per": "study"},
            (_read("1", study=None),),
            cannot="the study of the image is not known: the task data do not say; deliver Study Instance UID",
        ),
        Case(
            "which series it is, is not known",
            {"max": 1, "per": "series"},
            (_read("1", series=None),),
            cannot="the series of the image is not known: the task data do not say; deliver Series Instance UID",
        ),
    )
