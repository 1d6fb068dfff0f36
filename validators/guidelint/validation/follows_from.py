"""A question from which an answer follows, and whether it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict

from guidelint.validation.asked_when import answers_hold
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.later_parts import LaterParts
from guidelint.validation.rule.parameters.amount import Answer
from guidelint.validation.rule.parameters.free_text import UnitSign
from guidelint.validation.rule.parameters.naming import Answers, Classes, NumberedQuestion, OptionName, QuestionName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.region import Answer as Said


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class FollowsFrom(_Part, LaterParts):
    """A question from which an answer follows."""

    question: QuestionName
    """The question."""
    of: Classes = ()
    """Classes whose regions are asked; none: the whole image is."""
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

    def is_asked(self, answers: Mapping[str, Said]) -> bool:
        """Whether it counts beside these answers: it is answered, or must be, or may be; and need not stay open."""
        if (self.open_when or self.open_when_number) and answers_hold(self.open_when, self.open_when_number, answers):
            return False
        answer = answers.get(self.question)
        is_answered = answer is not None and bool(answer.said)
        return is_answered or not self.required or answers_hold(self.when, self.when_number, answers)

    @property
    def is_always_asked(self) -> bool:
        """Whether it is asked whatever else was answered."""
        return not (self.when or self.when_number or self.open_when or self.open_when_number)
