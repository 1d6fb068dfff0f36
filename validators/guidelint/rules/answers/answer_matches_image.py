"""The rule ``answer-matches-image``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.annotation.region import option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.validation.question import Asked, OptionsRule, OwnOption
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.condition import OneOf
from guidelint.validation.rule.image_fact import TEXTS, TextName
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import ONE_CHOSEN, QuestionOf
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import both, either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply

_SIDES = {"l": "left", "r": "right", "b": "both"}
_GIVEN = {"attribute": "view", "fact": "view", "values": {"pa": "PA", "lateral": ["LL", "RL"]}}


class AnswerMatchesImage(OptionsRule):
    """An answer says of the image what the image says of itself.

    ## Why
    "View: PA" of a lateral radiograph, "left" of a right breast: either the answer was given to another image, or the
    image bears a wrong tag. Whoever trains on the answer, or chooses images by the tag, learns the slip.

    ## How it is measured
    The answer is held against View Position (0018,5101), Image Laterality (0020,0062), Body Part Examined (0018,0015)
    or Modality (0008,0060) of the image that is asked, or on which the region lies that is. ``values`` says for which
    values of it an option stands; small and capital letters are one, and sides are left, right and both, or L, R and B.
    Options that are not listed are compared with nothing. Where the image does not say, or a task is asked as a whole
    whose images say different things, it cannot be told.

    ## Source
    DICOM PS3.3, C.8.11.5 and C.8.11.7 (DX), C.8.1.1.1 (CR); a choice of this catalogue.
    """

    attribute: Annotated[str, QuestionOf(kinds=ONE_CHOSEN), From("attributes.*", "name")]
    fact: TextName
    """What of the image it is held against."""
    values: Annotated[dict[OwnOption, Annotated[tuple[Words, ...], OneOf()]], Field(min_length=1)]
    """Option → values of that fact for which it stands."""

    says = {
        "other": Says(
            "{question} is answered {answer}, and the {fact} of the image is {found}",
            "Look at the image again: correct the answer, or tell the person who chose the images.",
            "Have the answer looked at again, or the image left out.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"{self.asked_about(names, 'every')} is what the image says of its {self._meant(names)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"{self.asked_about(names)} is not what the image says of its {self._meant(names)}"

    def _meant(self, names: Names) -> str:
        meant = (f"{names.answers(self.attribute, (key,))} for {either(said)}" for key, said in self.values.items())
        return f"{TEXTS[self.fact].words}: {both(meant)}"

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Hold every answer against the image."""
        for one, said in self.answered(submission):
            meant = {self._spelled(value) for key in map(option, said) for value in self.values.get(key, ())}
            if meant:
                try:
                    yield from self._compare(one, said, meant, submission)
                except NotMeasurable as error:
                    yield CannotTell(str(error), one.regions)

    def _spelled(self, value: str) -> str:
        """Spell a value as facts of images are compared: in small letters, and sides in full."""
        small = value.casefold()
        return _SIDES.get(small, small) if self.fact == "side" else small

    def _compare(self, one: Asked, said: tuple[Value, ...], meant: set[str], submission: Submission) -> Iterator[Reply]:
        found, source = self._found(one.facts(submission))
        if self._spelled(found) not in meant:
            yield self.departs(
                "other",
                *one.regions,
                question=self.question_to(one),
                answer=both(map(self.shown, said)),
                fact=TEXTS[self.fact].words,
                found=f"{found} ({source})" if source else found,
            )

    def _found(self, images: tuple[ImageFacts, ...]) -> tuple[str, str]:
        """Tell what the images say, and where. Raises NotMeasurable."""
        fact = TEXTS[self.fact]
        found: dict[str, str] = {}
        for image in images:
            value: str | None = getattr(image, self.fact)
            if not value:
                raise fact.not_known(image)
            found.setdefault(value, image.sources.get(self.fact, ""))
        if len(found) > 1:
            raise NotMeasurable(f"the images of the task say different things of their {fact.words}: {both(found)}")
        return next(iter(found.items()))

    cases = (
        Case("the view that the tag says", _GIVEN, (Handed(image=ImageFacts(view="PA"), answers={"view": "pa"}),)),
        Case(
            "one of several values that an option stands for, in small letters",
            _GIVEN,
            (Handed(image=ImageFacts(view="rl"), answers={"view": "lateral"}),),
        ),
        Case(
            "another view than the tag says",
            {**_GIVEN, "title": "View", "titles": {"pa": "PA"}},
            (Handed(image=ImageFacts(view="LL"), answers={"view": "pa"}),),
            finds="View is answered PA, and the view (0018,5101) of the image is LL",
        ),
        Case(
            "a view that no option stands for, by a header beside the task data",
            _GIVEN,
            (
                Handed(
                    image=ImageFacts(view="LLO", sources={"view": "DICOM (0018,5101) of chest/12.dcm"}),
                    answers={"view": "lateral"},
                ),
            ),
            finds="and the view (0018,5101) of the image is LLO (DICOM (0018,5101) of chest/12.dcm)",
        ),
        Case(
            "an option that stands for nothing",
            _GIVEN,
            (Handed(image=ImageFacts(view="LL"), answers={"view": "cannot-tell"}),),
        ),
        Case("not answered", _GIVEN, (Handed(image=ImageFacts(view="LL")),)),
        Case(
            "the image does not say",
            _GIVEN,
            (Handed(image=ImageFacts(), answers={"view": "pa"}),),
            cannot="the view (0018,5101) of the image is not known; deliver it, or name the key that it stands under "
            "in the guideline: `images: keys: view:`",
        ),
        Case(
            "a side of a region, on the image of the other",
            {
                "attribute": "breast",
                "fact": "side",
                "values": {"l": ["left"], "r": ["right"]},
                "classes": ["lesion"],
            },
            (
                Handed(
                    draws=(
                        Drawn(text="#", item_index=0, answers={"breast": "l"}),
                        Drawn(text="#", item_index=1, answers={"breast": "l"}),
                    ),
                    images=(ImageFacts(side="left"), ImageFacts(side="right")),
                ),
            ),
            finds="breast is answered l, and the side (0020,0062) of the image is right",
        ),
        Case(
            "sides as DICOM writes them",
            {"attribute": "breast", "fact": "side", "values": {"l": "L", "r": "R", "two": "B"}},
            (
                Handed(
                    images=(ImageFacts(side="left"), ImageFacts(side="right"), ImageFacts(side="both")),
                    item_answers={0: {"breast": "l"}, 1: {"breast": "r"}, 2: {"breast": "two"}},
                ),
            ),
        ),
        Case(
            "a view that is called as a side is",
            {"attribute": "view", "fact": "view", "values": {"side": "L"}},
            (Handed(image=ImageFacts(view="LEFT"), answers={"view": "side"}),),
            finds="view is answered side, and the view (0018,5101) of the image is LEFT",
        ),
        Case(
            "each image of a task by itself",
            {"attribute": "part", "fact": "body_part", "values": {"chest": ["CHEST"], "hand": ["HAND"]}},
            (
                Handed(
                    images=(ImageFacts(body_part="CHEST"), ImageFacts(body_part="CHEST")),
                    item_answers={0: {"part": "chest"}, 1: {"part": "hand"}},
                ),
            ),
            finds="part of image 2 is answered hand, and the body part (0018,0015) of the image is CHEST",
        ),
        Case(
            "a task as a whole, whose images say the same",
            {"attribute": "part", "fact": "body_part", "values": {"chest": ["CHEST"], "hand": ["HAND"]}},
            (Handed(images=(ImageFacts(body_part="CHEST"), ImageFacts(body_part="CHEST")), answers={"part": "hand"}),),
            finds="part is answered hand, and the body part (0018,0015) of the image is CHEST",
        ),
        Case(
            "a task as a whole, whose images say different things",
            {"attribute": "made-by", "fact": "modality", "values": {"ct": ["CT"]}},
            (Handed(images=(ImageFacts(modality="CT"), ImageFacts(modality="MR")), answers={"made-by": "ct"}),),
            cannot="the images of the task say different things of their modality (0008,0060): CT and MR",
        ),
    )
