"""Of which side of the body something is."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from guidelint.language.form.enforced import READ, EnforcedBy
from guidelint.language.form.fields import QuestionKey, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.naming import OptionOf


class Laterality(Written):
    """Of which side of the body the regions of a class are."""

    side: Annotated[Literal["left", "right", "both", "unpaired"] | None, READ] = None
    """Side that the class itself is of; unpaired: there is one in the body. Left is the patient's left."""
    asked_in: Annotated[
        QuestionKey | None,
        AlsoCalled("question", "attribute"),
        EnforcedBy("by people only", "whether rightly, `side-matches-position` judges where it is written"),
    ] = None
    """Question whose answer says the side, where each region has its own."""
    left: Annotated[tuple[Annotated[str, OptionOf(question="asked_in")], ...], OneOrMore, READ] = ()
    """Options of that question that say the patient's left; left out: the option `left`."""
    right: Annotated[tuple[Annotated[str, OptionOf(question="asked_in", apart_from="left")], ...], OneOrMore, READ] = ()
    """Options of that question that say the patient's right; left out: the option `right`."""

    @model_validator(mode="after")
    def _of_a_question(self) -> Self:
        if (self.left or self.right) and self.asked_in is None:
            raise ValueError("`left` and `right` are options of a question: name it under `asked_in`")
        return self
