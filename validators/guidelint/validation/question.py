"""Questions to a region or to the whole image, and rules about their answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, NamedTuple, Self

from guidelint.annotation.each_once import each_once
from guidelint.annotation.region import option
from guidelint.validation.rule.beside import Beside, UnlessEmpty
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import Classes, Concerned, ImageName, OptionOf, QuestionName
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.wording import both, either
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.annotation.region import Answer, Region, Value
    from guidelint.annotation.submission import Submission
    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.rule.evidence import Evidence
    from guidelint.validation.rule.names import Names


OwnOption = Annotated[str, OptionOf(question="attribute")]
"""An option of the question that the rule is about."""
OptionTitles = Annotated[
    dict[OwnOption, Words],
    Beside(),
    From("attributes.*.options.*.title", given="the titles of the options", fills_in=True),
]
"""Option → title, as the guideline has them."""


class Asked(NamedTuple):
    """Whom a question is put to: one region, one image of a task with several, or the task as a whole."""

    regions: tuple[Region, ...]
    answers: Mapping[str, Answer]
    around: Mapping[str, Answer] = MappingProxyType({})
    """Answers about what it is a part of: the image of a region, the task of an image."""
    item: int | None = None
    """Which image of the task, from 0."""
    image: str = ""
    """What people call that image; empty: by its number."""
    elsewhere: Mapping[str, Answer] | None = None
    """Answers about the same object on other images of the task, which count where it has none itself; None: they do
    not count."""

    @classmethod
    def of(cls, region: Region, submission: Submission) -> Self:
        """Put it to a region."""
        around, elsewhere = submission.answers_around(region), submission.answers_elsewhere(region)
        return cls((region,), region.answers, around, elsewhere=elsewhere)

    @property
    def alone(self) -> Self:
        """The same without what is answered on other images."""
        return self._replace(elsewhere=None)

    @property
    def in_sight(self) -> dict[str, Answer]:
        """Its own answers, those about the same object on other images, and those about what it is a part of."""
        if not self.elsewhere:
            return {**self.around, **self.answers}
        own = {name: answer for name, answer in self.answers.items() if answer.said or name not in self.elsewhere}
        return {**self.around, **self.elsewhere, **own}

    @property
    def evidence(self) -> dict[str, Evidence]:
        """Say which image of a task with several it is, for programs."""
        return {} if self.item is None else {"image": self.item + 1}

    def named(self, question: str) -> str:
        """How a message names the question put to it."""
        return question if self.item is None else f"{question} of {self.image or f'image {self.item + 1}'}"

    def facts(self, submission: Submission) -> tuple[ImageFacts, ...]:
        """Give what is known of the image that is asked, of that of the region that is, or of all of the task."""
        if self.regions:
            return tuple(map(submission.image_of, self.regions))
        return submission.images if self.item is None else (submission.item_images.get(self.item, submission.image),)

    def is_on_image(self, region: Region) -> bool:
        """Whether a region lies on the image that is asked, or on that of the region that is."""
        if self.regions:
            return region.image_index == self.regions[0].image_index
        return self.item is None or region.image_index == self.item

    def said(self, attribute: str) -> tuple[Value, ...]:
        """List what was answered; blank answers left out."""
        answer = self.answers.get(attribute)
        return answer.said if answer else ()


class QuestionRule(SubmissionRule):
    """Judges the answers to one question."""

    attribute: Annotated[QuestionName, From("attributes.*", "name")]
    """Key of the question."""
    title: Annotated[Words, Beside(), From("attributes.*.title", fills_in=True)] = ""
    """The question as annotators see it."""
    on: Annotated[tuple[ImageName, ...], UnlessEmpty(), From("attributes.*.on", fills_in=True)] = ()
    """Named images of the task of which each is asked, or whose regions are; none: the task as a whole, or all."""

    needs = frozenset({"answers"})
    classes: Annotated[Classes, Concerned(asked="attribute"), From("attributes.*.of", fills_in=True)] = ()
    """Classes whose regions are asked; none: the whole image is."""

    @property
    def question(self) -> str:
        """How a message names the question."""
        return self.title or self.attribute

    @property
    def rests_on(self) -> frozenset[str]:
        """Questions whose answers decide: it is put to each image where one of them was answered for one."""
        return frozenset({self.attribute})

    def asked_about(self, names: Names, which: str = "any") -> str:
        """Name the question for annotators, with the classes that the guideline gives the rule: any or every."""
        classes = self.classes or names.concerned
        of = f" of {which} {names.kinds(classes)}" if classes else ""
        return f"{names.question(self.attribute, self.title)}{of}{self._where(names)}"

    def _where(self, names: Names) -> str:
        """Name the images that are asked, or whose regions are."""
        if not self.on:
            return ""
        return f" on {either(map(names.image, self.on))}" if self.classes or names.concerned else self._of_images(names)

    def _of_images(self, names: Names) -> str:
        return f" of {both(map(names.image, self.on))}"

    def question_to(self, one: Asked) -> str:
        """How a message names the question put to one of several."""
        return one.named(self.question)

    def asked(self, submission: Submission) -> Iterator[Asked]:
        """Everyone whom the question is put to."""
        if not self.classes:
            yield from self._images(submission)
        for region in each_once(region for region in submission.regions if region.class_name in self.classes):
            if self._is_on(region):
                yield Asked.of(region, submission)

    def _is_on(self, region: Region) -> bool:
        return not self.on or (region.named is not None and region.named.name in self.on)

    def _images(self, submission: Submission) -> Iterator[Asked]:
        """Ask the task as a whole, and each of its images where the question was answered for one of them."""
        if self.on and not self.classes:
            for item in submission.named_items(self.on):
                yield Asked(
                    (), submission.item_answers.get(item, {}), submission.answers, item, submission.title_of(item)
                )
            return
        by_item = any(self.rests_on & answers.keys() for answers in submission.item_answers.values())
        if not by_item or self.attribute in submission.answers:
            yield Asked((), submission.answers)
        for item in submission.items if by_item else ():
            yield Asked((), submission.item_answers.get(item, {}), submission.answers, item)

    def answered(self, submission: Submission) -> Iterator[tuple[Asked, tuple[Value, ...]]]:
        """Everyone who gave an answer, with the answer."""
        yield from self._answers(self.asked(submission))

    def answered_for_nothing(self, submission: Submission) -> Iterator[tuple[Asked, tuple[Value, ...]]]:
        """Find answers to a question about regions that belong to none."""
        if self.classes:
            yield from self._answers(self._images(submission))

    def answered_anywhere(self, submission: Submission) -> Iterator[tuple[Asked, tuple[Value, ...]]]:
        """Every answer of the classes; with no class named, every answer on the image and on any region."""
        everywhere = () if self.classes else (Asked((region,), region.answers) for region in submission.drawn)
        yield from self._answers((*self.asked(submission), *everywhere))

    def _answers(self, asked: Iterable[Asked]) -> Iterator[tuple[Asked, tuple[Value, ...]]]:
        for one in asked:
            if said := one.said(self.attribute):
                yield one, said


class OptionsRule(QuestionRule):
    """Judges answers that are options, which annotators know by their titles."""

    titles: OptionTitles = {}  # noqa: RUF012 - pydantic copies it
    """The options as annotators see them: key → title."""

    @property
    def tells_number(self) -> bool:
        """Whether the answer is a number about no region."""
        return not (self.titles or self.classes)

    def shown(self, value: Value) -> str:
        """Name an answer as annotators see it; what is no option stands as it was delivered."""
        return titled(value, self.titles)


def titled(value: Value, titles: Mapping[str, str]) -> str:
    """Name the option that a value stands for by its title, if it is an option."""
    key = option(value)
    return titles.get(key, key)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Titles:
    """What annotators call several questions, their options, and classes."""

    questions: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    classes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Class → title, of those that are named and need not be marked."""

    def class_(self, key: str) -> str:
        """Title of a class."""
        return self.classes.get(key, key)

    def question(self, key: str) -> str:
        """Title of a question."""
        return self.questions.get(key, key)

    def option(self, question: str, value: Value) -> str:
        """Title of an answer; a number or an unknown one as it is."""
        return titled(value, self.options.get(question, {}))
