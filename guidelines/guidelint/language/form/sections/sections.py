"""The parts of a guideline that stand beside its classes, questions and rules."""

from typing import Annotated

from guidelint.language.form.enforced import by_people, later
from guidelint.language.form.fields import Name, Written
from guidelint.language.form.sections.ai_assistance import AiAssistance
from guidelint.language.form.sections.balance import Balance
from guidelint.language.form.sections.calibration import Calibration
from guidelint.language.form.sections.edge_case import EdgeCase
from guidelint.language.form.sections.not_annotated import NotAnnotated
from guidelint.language.form.sections.procedure import Procedure
from guidelint.language.form.sections.regulation import Regulation
from guidelint.language.form.sections.review import Review
from guidelint.validation.rule.parameters.also_called import AlsoCalled


class Sections(Written):
    """The parts of a guideline that stand beside its classes, questions and rules."""

    not_annotated: Annotated[dict[Name, NotAnnotated], AlsoCalled("not_marked", "ignored")] = {}
    """What is seen in images, has a name, and is not marked, by name."""
    procedure: Annotated[Procedure | None, AlsoCalled("workflow")] = None
    """How work is done, step by step."""
    edge_cases: Annotated[dict[Name, EdgeCase], AlsoCalled("special_cases")] = {}
    """What is rare or hard, and what is done then, by name."""
    review: Annotated[Review | None, later("no work is drawn for review yet", tool="who works")] = None
    """Who looks at work once more, and at how much of it."""
    calibration: Annotated[Calibration | None, later("nobody is held against known answers yet")] = None
    """How annotators are held against known answers."""
    ai_assistance: Annotated[AiAssistance | None, later("suggestions are not yet counted")] = None
    """What models may suggest, and how it is watched."""
    balance: Annotated[Balance | None, later("groups of patients are not yet counted")] = None
    """What a data set must be made of, beside the shares of classes."""
    regulation: Annotated[Regulation | None, by_people("whoever answers for the project sees to it")] = None
    """What laws and standards ask for."""
