"""A question from which an answer follows, and whether it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.asked_when import Where, all_hold
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.later_parts import LaterParts
from guidelint.validation.rule.parameters.amount import Answer
from guidelint.validation.rule.parameters.free_text import UnitSign
from guidelint.validation.rule.parameters.naming import (
    Answers,
    Classes,
    ImageName,
    NumberedQuestion,
    OptionName,
    QuestionName,
)
from guidelint.validation.scopes.object import NOT_JOINED

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission
    from guidelint.validation.question import Asked


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class FollowsFrom(_Part, LaterParts):
    """A question from which an answer follows."""

    question: QuestionName
    """The question."""
    of: Classes = ()
    """Classes whose regions are asked; none: the whole image is."""
    on: Annotated[tuple[ImageName, ...], UnlessEmpty()] = ()
    """Named images of the task whose regions are asked; none: all. An object that lies on another has the answers that
    it has there, by its name."""
    points: dict[OptionName, Answer] = {}
    """Points of its options; none: its answer is itself a number, or an option."""
    unit: Annotated[UnitSign, UnlessEmpty()] = ""
    """Of a product: unit of its number."""
    required: bool = False
    """Whether it must be answered; else nothing follows where it is not."""
    when: Answers = {}
    """Other question → answers under which it must be answered; where they are not given, it counts nothing."""
    when_number: dict[NumberedQuestion, Between] = {}
    """Other question → limits of its number under which it must be answered."""
    open_when: Annotated[Answers, UnlessEmpty()] = {}
    """Other question → answers under which it must stay open: an answer that is there all the same counts nothing."""
    open_when_number: Annotated[dict[NumberedQuestion, Between], UnlessEmpty()] = {}
    """Other question → limits of its number under which it must stay open."""
    where: Annotated[Where, UnlessEmpty()] = None
    """Condition on the image, on what is marked there, or on the region, under which it must be answered."""
    open_where: Annotated[Where, UnlessEmpty()] = None
    """Condition on the same under which it must stay open."""

    def is_asked(self, one: Asked, submission: Submission) -> bool:
        """Whether it counts there: it is answered, or must be, or may be; and need not stay open.

        Raises NotMeasurable where that cannot be told.
        """
        if self._may_be_open and all_hold(self.open_when, self.open_when_number, self.open_where, one, submission):
            return False
        answer = one.in_sight.get(self.question)
        if answer is not None and answer.said:
            return True
        if self._is_asked_elsewhere(one) and not self._is_marked_there(one, submission):
            return False
        if not self.required:
            return True
        return all_hold(self.when, self.when_number, self.where, one, submission)

    def _is_asked_elsewhere(self, one: Asked) -> bool:
        """Whether regions on other images are asked, and not the one on its own."""
        named = one.regions[0].named if one.regions else None
        return bool(self.on) and named is not None and named.name not in self.on

    def _is_marked_there(self, one: Asked, submission: Submission) -> bool:
        """Whether the object is marked where it is asked. Raises NotMeasurable where its name does not tell."""
        if one.elsewhere is None:
            return False
        (region,) = one.regions
        if self.required and not region.object_name:
            raise NotMeasurable(NOT_JOINED)
        return submission.is_marked_on(region, self.on)

    @property
    def is_always_asked(self) -> bool:
        """Whether it is asked whatever else was answered, and on every image."""
        return not (self.on or self.when or self.when_number or self.where or self._may_be_open)

    @property
    def _may_be_open(self) -> bool:
        return bool(self.open_when or self.open_when_number or self.open_where)
