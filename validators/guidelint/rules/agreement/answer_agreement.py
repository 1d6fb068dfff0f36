"""The rule ``answer-agreement``."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, Annotated, Literal

from guidelint.annotation.each_once import each_once
from guidelint.annotation.kept_region import KeptRegion, kept_region
from guidelint.annotation.laid_upon_each_other import DrawnBy, Shown, drawings_of, objects_of_several
from guidelint.annotation.natural_order import natural
from guidelint.annotation.region import as_number, option
from guidelint.annotation.region_ref import RegionRef  # noqa: TC001 - contributions are read back from where they are kept
from guidelint.annotation.tool import ENCLOSING
from guidelint.geometry.mask import MaskError
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.statistics.matching import LEAST_IOU
from guidelint.validation.measured_in import apart
from guidelint.validation.question import OptionTitles, OwnOption, titled
from guidelint.validation.rule.beside import Beside, UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.evidence import Evidence, Quantity, in_percent
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import Few, OverlapFraction, SameFraction, Tolerance
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.free_text import UnitSign, Words
from guidelint.validation.rule.parameters.naming import (
    CHOSEN,
    NUMBER,
    ONE_CHOSEN,
    SEVERAL_CHOSEN,
    AnswerOf,
    Classes,
    Concerned,
    QuestionOf,
)
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both, counted, measure, number, percent
from guidelint.validation.scopes.annotator import COMPARED_WITH_NONE
from guidelint.validation.scopes.task import TASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.annotation.region import Answer
    from guidelint.annotation.region_ref import RegionKey
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.scope import Share

BOTH = (
    "{question} is {answer} in annotation {one} by {one_reader}, and {other_answer} in annotation {other} by "
    "{other_reader}{among}"
)
DO = "Look at what both answered, and let somebody decide who has given neither answer."
ANSWERED = "{question} is {answer} in annotation {one} by {one_reader}"
OTHER = "in annotation {other} by {other_reader}{among}"
DO_ONE = "Look at what one of them answered, and let somebody decide who is neither of the two."
NO_AREA = "a point has no area, so nothing tells which point of another reader it is, and what is answered about it"
STEPS = ("step", "steps")


@dataclass(frozen=True, slots=True)
class Said:
    """What one reader answered of one image or of one region."""

    values: tuple[str | float, ...]
    """Nothing: the region is there, and was not answered for."""
    image: int | None = None
    """Which image of a task with several, from 0; None: the task as a whole, or a region."""
    where: str = ""
    """What people call that image, as a message says it; empty: it is the task as a whole, or a region."""
    region: KeptRegion | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one annotation answers."""

    said: tuple[Said, ...]
    points: tuple[RegionRef, ...] = ()
    """Points that are answered for: they have no area, so nothing tells which of two readers' is which."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """One answer, and whose it is."""

    annotation: str
    annotator: str
    values: tuple[str | float, ...]
    regions: tuple[KeptRegion, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there is no answer."""
        return not self.values


_Two = tuple[_Answered, _Answered]


def _by_nobody(one: Contributed[Reading]) -> CannotTell:
    return CannotTell(
        COMPARED_WITH_NONE.format(one.annotation),
        tuple(said.region for said in one.value.said if said.region is not None),
    )


def _values(answer: Answer | None) -> tuple[str | float, ...]:
    return tuple(dict.fromkeys(answer.said)) if answer else ()


def _keys(one: _Answered) -> frozenset[str]:
    return frozenset(map(option, one.values))


def _answered(one: Contributed[Reading], values: tuple[str | float, ...]) -> _Answered:
    return _Answered(one.annotation, one.annotator or "", values)


def _of_object(one: DrawnBy, said: Mapping[RegionKey, tuple[str | float, ...]]) -> _Answered:
    values = (value for region in one.regions for value in said[region.key()])
    return _Answered(one.annotation, one.annotator, tuple(dict.fromkeys(values)), one.regions)


def _shown(readings: Sequence[Contributed[Reading]]) -> Iterator[list[Shown]]:
    """For each class on each image, what every reader drew of it."""
    regions = {one.annotation: [said.region for said in one.value.said if said.region] for one in readings}
    for of in sorted({_of(part) for parts in regions.values() for part in parts}):
        yield [
            Shown(
                one.annotation, one.annotator or "", tuple(part for part in regions[one.annotation] if _of(part) == of)
            )
            for one in readings
        ]


def _of(region: KeptRegion) -> tuple[int, str]:
    return region.image, region.class_name or ""


def _distance(compared: tuple[float, _Two]) -> float:
    return compared[0]


def _among(pairs: Sequence[_Two]) -> str:
    """Say of how many readers two are named, where there are more."""
    readers = {one.annotator for pair in pairs for one in pair}
    return f", of {len(readers)} readers the two who differ most" if len(readers) != 2 else ""  # noqa: PLR2004 - a pair


class AnswerAgreement(GatheringRule[Reading]):
    """The readers of a task give the same answer to a question.

    ## Why
    One reader gives a lesion BI-RADS 2 and another one 5, one counts two mitoses and another none: whichever answer is
    taken, a patient is treated by chance. It is seen only where both answers are laid beside each other.

    ## How it is measured
    What is asked of the image is compared image by image. What is asked of regions is compared for those that two
    readers drew of one object: regions of one class on one image that overlap (IoU), matched as for
    ``overlap-agreement``, all regions of one object name together. Every two readers with one another; of each image
    and each object the two who differ most are named.

    Without a limit both have to give the same answer, of several options the same set. With ``max_steps`` options are
    counted in the order of the guideline: from the first to the third are two steps. With ``tolerance`` two numbers may
    lie so far apart. With ``min_overlap`` of all options that one or the other chose so many have to be chosen by both.
    An answer that nobody enters is the one that follows from what each reader entered and drew.

    An answer and none are as far apart as can be, and so is an object with an answer that only one of the two drew.
    With ``drawn_by_one: left-out`` objects are compared that both drew, and the others are for ``overlap-agreement``
    to judge. Points have no area, so it cannot be told which of them is which: an answer about one is not compared, and
    that is said. Readings by one reader are not compared with each other.

    ## Source
    ACR BI-RADS Atlas (5th edition, 2013) has its assessment categories in such an order; how far readers may be apart
    is a choice of the guideline.
    """

    attribute: Annotated[str, QuestionOf(kinds=CHOSEN | NUMBER), From("attributes.*", "name")]
    """Key of the question."""
    title: Annotated[Words, Beside(), From("attributes.*.title", fills_in=True)] = ""
    """The question as annotators see it."""
    titles: OptionTitles = {}
    """The options as annotators see them: key → title."""
    options: Annotated[
        tuple[OwnOption, ...], From("attributes.*.options.*", "names", given="the options", fills_in=True)
    ] = ()
    """The options in their order; none: the answer is a number."""
    unit: Annotated[UnitSign, From("attributes.*.number.unit", given="the unit of the question", fills_in=True)] = ""
    """Unit of a number."""
    classes: Annotated[Classes, Concerned(asked="attribute"), From("attributes.*.of", fills_in=True)] = ()
    """Classes whose regions are asked; none: the whole image is."""
    max_steps: Annotated[
        Few,
        AnswerOf("attribute", ONE_CHOSEN, is_one=False),
        Upper("steps between answers"),
        From("readers.answers.*.on_each_task.max_steps"),
    ] = 0
    """Most steps from one option to the other, in their order."""
    tolerance: Annotated[
        Tolerance,
        AnswerOf("attribute", NUMBER, is_one=False),
        Upper("difference of answers"),
        From("readers.answers.*.on_each_task.tolerance"),
    ] = 0.0
    """By how much two numbers may differ, in the unit of the question."""
    min_overlap: Annotated[
        OverlapFraction,
        AnswerOf("attribute", SEVERAL_CHOSEN, is_one=False),
        Lower("options chosen by both"),
        From("readers.answers.*.on_each_task.min_overlap"),
    ] = 1.0
    """Least fraction of the options chosen by one or the other that both chose."""
    match_iou: Annotated[SameFraction, From("readers.answers.*.on_each_task.match_iou")] = LEAST_IOU
    """Least overlap (IoU) with which two regions are one object."""
    drawn_by_one: Annotated[
        Literal["departs", "left-out"], UnlessEmpty(), From("readers.answers.*.on_each_task.drawn_by_one")
    ] = "departs"
    """What becomes of an answer about an object that the other reader did not draw: it departs, or is left out."""

    scope = TASK
    revision = 2
    follows = "readers.answers.*.on_each_task"
    escalates_by = "to"
    tells_readers_apart = True
    contribution = Reading
    compares_readers = 2
    tools = ENCLOSING
    needs = frozenset({"annotators", "answers"})
    says = {
        "differs": Says(f"{BOTH}; the same answer is asked for", DO),
        "steps": Says(f"{BOTH}: {{measured}} steps apart, where {{limit}} may be", DO),
        "numbers": Says(f"{BOTH}: {{measured}} apart, where {{limit}} may be", DO),
        "options": Says(f"{BOTH}: both chose {{measured}} of these options; at least {{limit}} is asked for", DO),
        "one-answer": Says(f"{ANSWERED}, and has no answer {OTHER}", DO_ONE),
        "one-drawing": Says(
            f"{ANSWERED}, and no such {{what}} is drawn {OTHER}",
            DO_ONE,
            under_condition=f"{ANSWERED}, and no such {{what}} for which the condition holds is drawn {OTHER}",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        asked = f"Readers of one task answer {self._asked(names, 'every')} alike{self._within(names)}."
        return asked + self._drawn(names)

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        asked = f"readers of one task do not answer {self._asked(names, 'any')} alike{self._within(names)}"
        if not self._classes(names):
            return asked
        one = ", or only one of them draws and answers it" if self.drawn_by_one == "departs" else " where both draw it"
        return f"{asked}{one} (regions with an IoU of at least {number(self.match_iou)} are the same)"

    def _classes(self, names: Names) -> Sequence[str]:
        return self.classes or names.concerned

    def _asked(self, names: Names, which: str) -> str:
        question, classes = names.question(self.attribute, self.title), self._classes(names)
        return f"{question} of {which} {names.kinds(classes)}" if classes else question

    def _drawn(self, names: Names) -> str:
        """Say which regions are the same, and what becomes of what only one of them drew."""
        if not self._classes(names):
            return ""
        fate = "is not alike" if self.drawn_by_one == "departs" else "is not compared"
        same = f"Regions with an overlap (IoU) of at least {number(self.match_iou)} are the same"
        return f" {same}; an answer about one that only one of them drew {fate}."

    def _within(self, names: Names) -> str:
        limit = self._limit(names)
        return f", {limit}" if limit else ""

    def _limit(self, names: Names) -> str:
        if self.max_steps:
            return f"to within {counted(None, self.max_steps, STEPS).removeprefix('at most ')}"
        if self.tolerance:
            return f"to within {measure(self.tolerance, self.unit or names.unit(self.attribute))}"
        return f"with at least {percent(self.min_overlap)} of the options in common" if self.min_overlap < 1 else ""

    def compares_at_least(self) -> int:
        """Ask for two readings."""
        return 2

    def gather(self, share: Share) -> Iterator[Gathered[Reading]]:
        """Contribute all answers, and the regions that have none."""
        if not self.classes:
            yield Gathered(Reading(tuple(self._of_images(share.submission))))
            return
        yield Gathered(Reading(tuple(self._of_regions(share)), tuple(self._points(share.submission))))

    def _of_images(self, submission: Submission) -> Iterator[Said]:
        if values := _values(submission.answers.get(self.attribute)):
            yield Said(values)
        for item, answers in sorted(submission.item_answers.items()):
            if values := _values(answers.get(self.attribute)):
                yield Said(values, item, f" of {submission.title_of(item) or f'image {item + 1}'}")

    def _of_regions(self, share: Share) -> Iterator[Said]:
        for region in each_once(region for region in share.regions if region.class_name in self.classes):
            yield Said(_values(region.answers.get(self.attribute)), region=kept_region(region, share.submission))

    def _points(self, submission: Submission) -> Iterator[RegionRef]:
        for region in submission.regions:
            is_asked = region.class_name in self.classes and region.tool not in ENCLOSING
            if is_asked and _values(region.answers.get(self.attribute)):
                yield region.ref

    def check_gathered(self, contributions: Sequence[Contributed[Reading]]) -> Iterator[Reply]:
        """Compare the answers of every two readers, of each image and each object by itself."""
        if len(contributions) == 1:
            return
        if points := tuple(point for one in contributions for point in one.value.points):
            yield CannotTell(NO_AREA, points)
        yield from (_by_nobody(one) for one in contributions if one.annotator is None)
        readings = sorted(
            (one for one in contributions if one.annotator is not None), key=lambda one: natural(one.annotation)
        )
        yield from self._judge_images(readings)
        yield from self._judge_objects(readings)

    def _judge_images(self, readings: Sequence[Contributed[Reading]]) -> Iterator[Reply]:
        """Compare what was answered of each image, and of the task as a whole; what is left open is no answer."""
        said = [(one, {(it.image, it.where): it.values for it in one.value.said if not it.region}) for one in readings]
        for image, where in dict.fromkeys(place for _, answers in said for place in answers):
            answered = [_answered(one, answers.get((image, where), ())) for one, answers in said]
            pairs = [pair for pair in combinations(answered, 2) if pair[0].annotator != pair[1].annotator]
            yield from self._judge(pairs, where, about=str(image))

    def _judge_objects(self, readings: Sequence[Contributed[Reading]]) -> Iterator[Reply]:
        """Compare what was answered of each object, class by class and image by image."""
        said = {
            part.region.key(): part.values for one in readings for part in one.value.said if part.region is not None
        }
        for shown in _shown(readings):
            broken = tuple(region for one in shown for region in one.regions if region.no_pixels)
            if broken:
                yield CannotTell(broken[0].no_pixels, broken)
            whole = [one for one in shown if not any(region.no_pixels for region in one.regions)]
            try:
                found = list(objects_of_several(whole, self.match_iou))
            except MaskError as error:
                yield CannotTell(str(error), tuple(region for one in whole for region in one.regions))
                continue
            for links in found:
                pairs = [(_of_object(one, said), _of_object(other, said)) for one, other in links]
                replies = list(self._judge(pairs))
                yield from replies or self._drawn_by_one([it for pair in pairs for it in pair], whole)
            matched = {drawing for links in found for link in links for drawing in link}
            for drawing in drawings_of(whole):
                if drawing not in matched:
                    yield from self._drawn_by_one([_of_object(drawing, said)], whole)

    def _drawn_by_one(self, drawn: Sequence[_Answered], shown: Sequence[Shown]) -> Iterator[Departure]:
        """Name one who answered for an object, and one who did not draw it."""
        answered = next((one for one in drawn if one.values), None)
        drew = {one.annotator for one in drawn}
        without = next((one for one in shown if one.annotator not in drew), None)
        if answered is None or without is None or self.drawn_by_one == "left-out":
            return
        evidence = {
            **self._one(answered),
            "what": answered.regions[0].class_title,
            "other": without.annotation,
            "other_reader": (without.annotator,),
            "among": "",
        }
        yield Departure("one-drawing", evidence, answered.regions)

    def _judge(self, pairs: Sequence[_Two], where: str = "", about: str | None = None) -> Iterator[Reply]:
        """Name the two who differ most, if they do."""
        compared: list[tuple[float, _Two]] = []
        for pair in pairs:
            if all(one.is_open for one in pair):
                continue
            try:
                compared.append((self._apart(*pair), pair))
            except NotMeasurable as error:
                yield CannotTell(str(error), tuple(region for one in pair for region in one.regions))
        if not compared:
            return
        far, (one, other) = max(compared, key=_distance)
        if far > self._allowed:
            yield self._departing(far, one, other, where=where, among=_among(pairs), about=about)

    @property
    def _allowed(self) -> float:
        """How far apart two answers may be."""
        return self.max_steps or self.tolerance or 1 - self.min_overlap

    def _apart(self, one: _Answered, other: _Answered) -> float:
        """Tell how far apart two answers are: in steps, in the unit of the question, or as a share of the options.

        An answer and none are as far apart as can be. Raises NotMeasurable for what is no option, or no number.
        """
        if one.is_open or other.is_open:
            return inf
        if self.max_steps:
            places = [[self._step(value) for value in answer.values] for answer in (one, other)]
            return max(abs(here - there) for here in places[0] for there in places[1])
        if self.tolerance:
            numbers = [[self._number(value) for value in answer.values] for answer in (one, other)]
            return max(apart(here, there) for here in numbers[0] for there in numbers[1])
        keys, others = _keys(one), _keys(other)
        return 1 - len(keys & others) / len(keys | others)

    def _step(self, value: str | float) -> int:
        key = option(value)
        if key not in self.options:
            raise NotMeasurable(f"{self.title or self.attribute} is answered {key}, which is none of its options")
        return self.options.index(key)

    def _number(self, value: str | float) -> float:
        found = as_number(value)
        if found is None:
            raise NotMeasurable(f"{self.title or self.attribute} is answered {value}, which is no number")
        return found

    def _departing(
        self, far: float, one: _Answered, other: _Answered, *, where: str, among: str, about: str | None
    ) -> Departure:
        if one.is_open:
            one, other = other, one
        kind, compared = self._kind(far)
        evidence: dict[str, Evidence] = {
            **self._one(one, where),
            "other": other.annotation,
            "other_reader": (other.annotator,),
            **({} if other.is_open else {"other_answer": self._shown(other)}),
            **compared,
            "among": among,
        }
        pair = None if about is None else "\x1f".join((about, *sorted((one.annotation, other.annotation))))
        return Departure(kind, evidence, (*one.regions, *other.regions), about=pair)

    def _one(self, one: _Answered, where: str = "") -> dict[str, Evidence]:
        """Say what one reader answered."""
        return {
            "question": f"{self.title or self.attribute}{where}",
            "answer": self._shown(one),
            "one": one.annotation,
            "one_reader": (one.annotator,),
        }

    def _kind(self, far: float) -> tuple[str, dict[str, Evidence]]:
        if far == inf:
            return "one-answer", {}
        if self.max_steps:
            return "steps", {"measured": int(far), "limit": self.max_steps}
        if self.tolerance:
            return "numbers", {"measured": Quantity(far, self.unit), "limit": Quantity(self.tolerance, self.unit)}
        if self.min_overlap < 1:
            return "options", {"measured": in_percent(1 - far), "limit": in_percent(self.min_overlap)}
        return "differs", {}

    def _shown(self, one: _Answered) -> str:
        if self.options:
            return both(titled(value, self.titles) for value in one.values)
        return both(measure(value, self.unit) if not isinstance(value, str) else value for value in one.values)

    cases = (
        Case(
            "two readers who answer alike",
            {"attribute": "birads", "options": ["1", "2", "3"]},
            (Handed(answers={"birads": 2.0}), Handed(annotator="bob", answers={"birads": "2"})),
        ),
        Case(
            "two answers to a question about the image",
            {"attribute": "birads", "title": "BI-RADS", "options": ["2", "5"], "titles": {"5": "5 (malignant)"}},
            (
                Handed(answers={"birads": "2"}, annotation="7"),
                Handed(annotator="bob", answers={"birads": "5"}, annotation="8"),
            ),
            finds="BI-RADS is 2 in annotation 7 by ann, and 5 (malignant) in annotation 8 by bob; the same answer is "
            "asked for",
        ),
        Case(
            "as many steps apart as may be, in the order of the options",
            {"attribute": "birads", "options": ["0", "1", "3", "4a", "5"], "max_steps": 2},
            (Handed(answers={"birads": "1"}), Handed(annotator="bob", answers={"birads": "4a"})),
        ),
        Case(
            "a step too far apart",
            {"attribute": "birads", "options": ["0", "1", "3", "4a", "5"], "max_steps": 1},
            (
                Handed(answers={"birads": "4a"}, annotation="7"),
                Handed(annotator="bob", answers={"birads": "1"}, annotation="8"),
            ),
            finds="birads is 4a in annotation 7 by ann, and 1 in annotation 8 by bob: 2 steps apart, where 1 may be",
        ),
        Case(
            "several answers where one is asked for: those farthest apart",
            {"attribute": "birads", "options": ["1", "2", "3", "4", "5"], "max_steps": 2},
            (Handed(answers={"birads": ("3", "2")}), Handed(annotator="bob", answers={"birads": ("5", "4")})),
            finds="birads is 3 and 2 in annotation 1 by ann by ann, and 5 and 4 in",
        ),
        Case(
            "what is no option has no step",
            {"attribute": "birads", "title": "BI-RADS", "options": ["1", "2"], "max_steps": 1},
            (Handed(answers={"birads": "1"}), Handed(annotator="bob", answers={"birads": "9"})),
            cannot="BI-RADS is answered 9, which is none of its options",
        ),
        Case(
            "numbers as far apart as may be",
            {"attribute": "ratio", "tolerance": 0.1},
            (Handed(answers={"ratio": 0.3}), Handed(annotator="bob", answers={"ratio": 0.4})),
        ),
        Case(
            "numbers too far apart",
            {"attribute": "depth", "title": "Depth", "tolerance": 2.0, "unit": "mm"},
            (
                Handed(answers={"depth": 4.0}, annotation="7"),
                Handed(annotator="bob", answers={"depth": 6.5}, annotation="8"),
            ),
            finds="Depth is 4\N{NO-BREAK SPACE}mm in annotation 7 by ann, and 6.5\N{NO-BREAK SPACE}mm in annotation 8 "
            "by bob: 2.5 mm apart, where 2 mm may be",
        ),
        Case(
            "two mitoses and none",
            {"attribute": "mitoses"},
            (Handed(answers={"mitoses": 2.0}), Handed(annotator="bob", answers={"mitoses": 0.0})),
            finds="mitoses is 2 in annotation 1 by ann by ann, and 0 in annotation 1 by bob by bob; the same answer is "
            "asked for",
        ),
        Case(
            "what is no number is not compared with one",
            {"attribute": "depth", "title": "Depth", "tolerance": 2.0},
            (Handed(answers={"depth": 4.0}), Handed(annotator="bob", answers={"depth": "deep"})),
            cannot="Depth is answered deep, which is no number",
        ),
        Case(
            "the same set of options, in another order",
            {"attribute": "signs", "options": ["halo", "rim", "tail"]},
            (Handed(answers={"signs": ("halo", "rim")}), Handed(annotator="bob", answers={"signs": ("rim", "halo")})),
        ),
        Case(
            "as many options in common as asked for",
            {"attribute": "signs", "options": ["halo", "rim", "tail"], "min_overlap": 0.5},
            (Handed(answers={"signs": ("halo", "rim")}), Handed(annotator="bob", answers={"signs": "rim"})),
        ),
        Case(
            "too few options in common",
            {"attribute": "signs", "options": ["halo", "rim", "tail"], "titles": {"tail": "Tail"}, "min_overlap": 0.5},
            (
                Handed(answers={"signs": ("halo", "rim")}, annotation="7"),
                Handed(annotator="bob", answers={"signs": ("rim", "tail")}, annotation="8"),
            ),
            finds="signs is halo and rim in annotation 7 by ann, and rim and Tail in annotation 8 by bob: both chose "
            "33.3 % of these options; at least 50 % is asked for",
        ),
        Case(
            "two numbers each: those farthest apart",
            {"attribute": "depth", "tolerance": 2.0},
            (Handed(answers={"depth": (4.0, 6.0)}), Handed(annotator="bob", answers={"depth": (6.0, 7.0)})),
            finds="depth is 4 and 6 in annotation 1 by ann by ann, and 6 and 7 in annotation 1 by bob by bob: 3 apart",
        ),
        Case(
            "each of several images by itself",
            {"attribute": "birads", "options": ["1", "2"]},
            (
                Handed(item_answers={0: {"birads": "1"}, 1: {"birads": "2"}}),
                Handed(annotator="bob", item_answers={0: {"birads": "1"}, 1: {"birads": "1"}}),
            ),
            finds="birads of image 2 is 2 in annotation 1 by ann by ann, and 1 in",
        ),
        Case(
            "an image with a name, and the task as a whole",
            {"attribute": "birads", "options": ["1", "2"]},
            (
                Handed(answers={"birads": "1"}, item_answers={0: {"birads": "2"}}),
                Handed(annotator="bob", answers={"birads": "1"}, item_answers={0: {"birads": "1"}}),
            ),
            finds="birads of Left breast is 2 in annotation 1 by ann by ann, and 1 in",
            of_task={"left": "Left breast", "right": "Right breast"},
        ),
        Case(
            "only one of the two answers",
            {"attribute": "birads", "options": ["1", "2"]},
            (Handed(answers={"birads": "1"}, annotation="7"), Handed(annotator="bob", annotation="8")),
            finds="birads is 1 in annotation 7 by ann, and has no answer in annotation 8 by bob",
        ),
        Case(
            "only the second of the two answers, on one of the images",
            {"attribute": "birads", "options": ["1", "2"], "max_steps": 1},
            (
                Handed(item_answers={0: {"birads": "1"}}, annotation="7"),
                Handed(annotator="bob", item_answers={0: {"birads": "1"}, 1: {"birads": "2"}}, annotation="8"),
            ),
            finds="birads of image 2 is 2 in annotation 8 by bob, and has no answer in annotation 7 by ann",
        ),
        Case(
            "neither of the two answers",
            {"attribute": "birads", "options": ["1", "2"]},
            (Handed(), Handed(annotator="bob")),
        ),
        Case(
            "of three readers the two who differ most",
            {"attribute": "birads", "options": ["1", "2", "3", "4"], "max_steps": 1},
            (
                Handed(answers={"birads": "3"}, annotation="7"),
                Handed(annotator="bob", answers={"birads": "1"}, annotation="8"),
                Handed(annotator="cyd", answers={"birads": "4"}, annotation="9"),
            ),
            finds="birads is 1 in annotation 8 by bob, and 4 in annotation 9 by cyd, of 3 readers the two who differ "
            "most: 3 steps apart",
        ),
        Case(
            "one reader who read it twice",
            {"attribute": "birads", "options": ["1", "2"]},
            (Handed(answers={"birads": "1"}, annotation="7"), Handed(answers={"birads": "2"}, annotation="8")),
        ),
        Case(
            "an annotation that does not say who made it",
            {"attribute": "birads", "options": ["1", "2"]},
            (Handed(answers={"birads": "1"}), Handed(annotator=None, annotation="9", answers={"birads": "2"})),
            cannot="annotation 9 does not say who made it, so it is compared with no other reader's",
        ),
        Case(
            "one annotation only, whoever made it",
            {"attribute": "birads", "options": ["1", "2"]},
            (Handed(annotator=None, annotation="9", answers={"birads": "2"}),),
        ),
        Case(
            "two answers for one object",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(draws=(Drawn(text="##....", answers={"malignancy": "5"}), Drawn(text="....##")), annotation="7"),
                Handed(annotator="bob", draws=Drawn(text=".##...", answers={"malignancy": "1"}), annotation="8"),
            ),
            finds="malignancy is 5 in annotation 7 by ann, and 1 in annotation 8 by bob; the same answer is asked for",
        ),
        Case(
            "an object that only one of the two answered for",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(draws=Drawn(text="##", answers={"malignancy": "5"})),
                Handed(annotator="bob", draws=Drawn(text="##")),
                Handed(annotator="cyd", draws=Drawn(text="##", answers={"malignancy": "5"})),
            ),
            finds="malignancy is 5 in annotation 1 by ann by ann, and has no answer in annotation 1 by bob by bob, of "
            "3 readers the two who differ most",
        ),
        Case(
            "an object that neither of the two answered for",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (Handed(draws=Drawn(text="##")), Handed(annotator="bob", draws=Drawn(text="##"))),
        ),
        Case(
            "an object with an answer that the second of three did not draw",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(draws=Drawn(text="##", answers={"malignancy": "5"}), annotation="7"),
                Handed(annotator="bob", annotation="8"),
                Handed(annotator="cyd", draws=Drawn(text="##", answers={"malignancy": "5"}), annotation="9"),
            ),
            finds="malignancy is 5 in annotation 7 by ann, and no such lesion is drawn in annotation 8 by bob",
        ),
        Case(
            "an object without an answer that only one of the two drew",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (Handed(draws=Drawn(text="##")), Handed(annotator="bob")),
        ),
        Case(
            "a point with an answer is not compared",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(draws=Drawn(text="#.", as_="keypoint", answers={"malignancy": "5"})),
                Handed(annotator="bob", draws=Drawn(text="#.", as_="keypoint", answers={"malignancy": "1"})),
            ),
            cannot="a point has no area",
        ),
        Case(
            "a point without an answer, and one of another class",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(draws=Drawn(text="#.", as_="keypoint")),
                Handed(
                    annotator="bob",
                    draws=Drawn(text="#.", as_="keypoint", class_name="cyst", answers={"malignancy": "1"}),
                ),
            ),
        ),
        Case(
            "a reader by id and a reader by address may be one person",
            {"attribute": "birads", "options": ["1", "2"]},
            (
                Handed(annotator="1", answers={"birads": "1"}, annotation="8"),
                Handed(annotator="ann@example.org", answers={"birads": "2"}, annotation="9"),
            ),
            cannot="annotation 8 is by annotator 1 and annotation 9 by ann@example.org, and whether that is one person",
        ),
        Case(
            "two objects that lie apart, each drawn by one",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"], "drawn_by_one": "left-out"},
            (
                Handed(draws=Drawn(text="##....", answers={"malignancy": "5"})),
                Handed(annotator="bob", draws=Drawn(text="....##", answers={"malignancy": "1"})),
            ),
        ),
        Case(
            "two objects that overlap too little to be one",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"], "match_iou": 0.5},
            (
                Handed(draws=Drawn(text="##.", answers={"malignancy": "5"}), annotation="7"),
                Handed(annotator="bob", draws=Drawn(text=".##", answers={"malignancy": "1"}), annotation="8"),
            ),
            finds="and no such lesion is drawn in annotation",
            times=2,
        ),
        Case(
            "each object by itself",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "3", "5"], "max_steps": 1},
            (
                Handed(
                    draws=(
                        Drawn(text="##....", answers={"malignancy": "5"}),
                        Drawn(text="....##", answers={"malignancy": "1"}),
                    )
                ),
                Handed(
                    annotator="bob",
                    draws=(
                        Drawn(text="....##", answers={"malignancy": "3"}),
                        Drawn(text="##....", answers={"malignancy": "1"}),
                    ),
                ),
            ),
            finds="malignancy is 5 in annotation 1 by ann by ann, and 1 in annotation 1 by bob by bob: 2 steps apart",
        ),
        Case(
            "of three readers of one object the two who differ most, and two of another",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "3", "5"]},
            (
                Handed(
                    draws=(
                        Drawn(text="##....", answers={"malignancy": "5"}),
                        Drawn(text="....##", answers={"malignancy": "3"}),
                    )
                ),
                Handed(annotator="bob", draws=Drawn(text="##....", answers={"malignancy": "5"})),
                Handed(
                    annotator="cyd",
                    draws=(
                        Drawn(text="##....", answers={"malignancy": "1"}),
                        Drawn(text="....##", answers={"malignancy": "5"}),
                    ),
                ),
            ),
            finds="malignancy is",
            times=2,
        ),
        Case(
            "an object in two regions is one, and so are its answers",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(
                    draws=(
                        Drawn(text="##..", object_name="a", answers={"malignancy": "5"}),
                        Drawn(text="..##", object_name="a"),
                    )
                ),
                Handed(annotator="bob", draws=Drawn(text=".###", answers={"malignancy": "1"})),
            ),
            finds="malignancy is 5 in annotation 1 by ann by ann, and 1 in annotation 1 by bob by bob",
        ),
        Case(
            "regions of another class, and on another image",
            {
                "attribute": "malignancy",
                "classes": ["lesion", "cyst"],
                "options": ["1", "5"],
                "drawn_by_one": "left-out",
            },
            (
                Handed(
                    draws=(
                        Drawn(text="#", item_index=0, answers={"malignancy": "5"}),
                        Drawn(text="#", item_index=1, class_name="cyst", answers={"malignancy": "5"}),
                    )
                ),
                Handed(
                    annotator="bob",
                    draws=(
                        Drawn(text="#", item_index=1, answers={"malignancy": "1"}),
                        Drawn(text="#", item_index=0, class_name="cyst", answers={"malignancy": "1"}),
                    ),
                ),
            ),
        ),
        Case(
            "a reader one of whose masks does not decode is left out",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(
                    draws=(
                        Drawn(text="##....", answers={"malignancy": "1"}),
                        Drawn(text="....##", undecodable="cut off"),
                        Drawn(text="...#..", undecodable="too long"),
                    )
                ),
                Handed(annotator="bob", draws=Drawn(text="##....", answers={"malignancy": "5"})),
            ),
            cannot="cut off",
        ),
        Case(
            "images of two sizes",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(draws=Drawn(text="##", answers={"malignancy": "1"})),
                Handed(annotator="bob", draws=Drawn(text="##", image_shape=(1, 3), answers={"malignancy": "5"})),
            ),
            cannot="3",
        ),
        Case(
            "a mask that does not decode leaves the others",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "5"]},
            (
                Handed(draws=Drawn(text="##", undecodable="cut off", answers={"malignancy": "1"})),
                Handed(annotator="bob", draws=Drawn(text="##", answers={"malignancy": "1"})),
                Handed(annotator="cyd", draws=Drawn(text="##", answers={"malignancy": "5"})),
            ),
            finds="malignancy is 1 in annotation 1 by bob by bob, and 5 in annotation 1 by cyd by cyd;",
            cannot="cut off",
        ),
    )
