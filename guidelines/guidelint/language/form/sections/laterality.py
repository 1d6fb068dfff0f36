"""Of which side of the body something is."""

from typing import Annotated, Literal

from guidelint.language.form.enforced import READ, EnforcedBy
from guidelint.language.form.fields import QuestionKey, Written
from guidelint.validation.rule.parameters.also_called import AlsoCalled


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
