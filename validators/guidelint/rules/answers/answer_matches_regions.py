"""The rule ``answer-matches-regions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import ValidationInfo, field_validator

from guidelint.annotation.each_once import each_once
from guidelint.annotation.region import option
from guidelint.validation.question import Asked, OptionTitles, OwnOption, titled
from guidelint.validation.rule.beside import Beside, UnlessEmpty
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import Classes, Concerned, ImageQuestion, OptionOf
from guidelint.validation.rule.parameters.present import SaysMarked
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.titles import ClassTitles
from guidelint.validation.rule.wording import either, sentence
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class AnswerMatchesRegions(SubmissionRule):
    """What is answered about the image agrees with what is marked on it.

    ## Why
    "No lesion" over an image with a marked lesion is wrong one way or the other, and which way only the annotator
    knows.

    ## How it is measured
    With an answer of ``absent`` no region of the classes may be marked; with an answer of ``present`` at least one
    must be. An answer about one image of a task is compared with the regions on that image.

    ## Source
    A choice of this catalogue.
    """

    attribute: Annotated[ImageQuestion, From("attributes.*", "name")]
    """Key of the question about the image."""
    title: Annotated[Words, Beside(), From("attributes.*.title", fills_in=True)] = ""
    """The question as annotators see it."""
    absent: tuple[OwnOption, ...] = ()
    """Answers that say that there is none."""
    present: tuple[Annotated[str, OptionOf(question="attribute", apart_from="absent"), SaysMarked()], ...] = ()
    """Answers that say that there is at least one."""
    classes: Annotated[Classes, Concerned()] = ()
    """Classes that the question is about; none: all."""

    class_titles: Annotated[ClassTitles, UnlessEmpty()] = {}
    """The classes that the question is about as annotators see them: key → title."""
    titles: OptionTitles = {}
    """The options as annotators see them: key → title."""

    @field_validator("class_titles")
    @classmethod
    def _of_its_classes(cls, titles: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        """Keep the titles of the classes that it is about."""
        return {name: titles[name] for name in info.data.get("classes", ()) if name in titles}

    needs = frozenset({"answers"})
    says = {
        "absent-but-marked": Says(
            "{question} is answered {shown}, but {count} marked", "Change the answer, or remove what is marked."
        ),
        "present-but-unmarked": Says(
            "{question} is answered {shown}, but {what} is marked",
            "Change the answer, or mark what you see.",
            "Have the answer changed, or the structure marked.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        question, kind = names.question(self.attribute, self.title), names.kinds(self.classes or names.concerned)
        none = (f"where {question} is {said}, no {kind} is marked" for said in self._answers(names, self.absent))
        some = (
            f"where {question} is {said}, at least one {kind} is marked" for said in self._answers(names, self.present)
        )
        return sentence("; ".join((*none, *some)))

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        question, kind = names.question(self.attribute, self.title), names.kinds(self.classes or names.concerned)
        some = (f"{question} is {said} and any {kind} is marked" for said in self._answers(names, self.absent))
        none = (f"{question} is {said} and no {kind} is marked" for said in self._answers(names, self.present))
        return either((*some, *none))

    def _answers(self, names: Names, options: tuple[str, ...]) -> tuple[str, ...]:
        """Give the words for the answers, once; none for no answers."""
        return (names.answers(self.attribute, options),) if options else ()

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Compare the answer with the regions."""
        marked = tuple(
            each_once(region for region in submission.regions if not self.classes or region.class_name in self.classes)
        )
        yield from self._compare(Asked((), submission.answers), marked)
        for item, on_item in zip(submission.items, submission.by_item(marked), strict=False):
            answers = submission.item_answers.get(item, {})
            yield from self._compare(Asked((), answers, item=item, image=submission.title_of(item)), on_item)

    def _compare(self, one: Asked, marked: tuple[Region, ...]) -> Iterator[Departure]:
        question = one.named(self.title or self.attribute)
        for value in one.said(self.attribute):
            answer, shown = option(value), titled(value, self.titles)
            if answer in self.absent and marked:
                count = "1 region is" if len(marked) == 1 else f"{len(marked)} regions are"
                yield self.departs(
                    "absent-but-marked", *marked, question=question, answer=answer, shown=shown, count=count
                )
            if answer in self.present and not marked:
                yield self.departs(
                    "present-but-unmarked", question=question, answer=answer, shown=shown, what=self._nothing
                )

    @property
    def _nothing(self) -> str:
        """Say what is not marked: other classes may be."""
        kinds = either(self.class_titles.get(name, name) for name in self.classes)
        return f"no {kinds}" if kinds else "nothing"

    cases = (
        Case("absent and nothing marked", {"attribute": "lesions", "absent": ["no"]}, "", answers={"lesions": "no"}),
        Case(
            "absent but marked",
            {"attribute": "lesions", "title": "Lesions", "absent": ["no"], "titles": {"no": "None seen"}},
            "#",
            finds="Lesions is answered None seen, but 1 region is marked",
            answers={"lesions": "no"},
        ),
        Case("present and marked", {"attribute": "lesions", "present": ["yes"]}, "#", answers={"lesions": "yes"}),
        Case(
            "present but nothing marked",
            {"attribute": "lesions", "present": ["yes"]},
            "",
            finds="lesions is answered yes, but nothing is marked",
            answers={"lesions": "yes"},
        ),
        Case(
            "another class is marked",
            {
                "attribute": "lesions",
                "present": ["yes"],
                "classes": ["cyst", "scar"],
                "class_titles": {"cyst": "Cyst", "lesion": "Lesion"},
            },
            "#",
            finds="lesions is answered yes, but no Cyst or scar is marked",
            answers={"lesions": "yes"},
        ),
        Case("not answered", {"attribute": "lesions", "absent": ["no"], "present": ["yes"]}, "#"),
        Case(
            "absent on one image, marked on another",
            {"attribute": "lesions", "absent": ["no"], "present": ["yes"]},
            Drawn(text="#", item_index=1),
            item_answers={0: {"lesions": "no"}, 1: {"lesions": "yes"}},
        ),
        Case(
            "absent on the image that is marked",
            {"attribute": "lesions", "absent": ["no"]},
            Drawn(text="#", item_index=1),
            finds="lesions of image 2 is answered no, but 1 region is marked",
            item_answers={1: {"lesions": "no"}},
        ),
    )
