"""The rule ``attribute-in-range``."""

from __future__ import annotations

from math import floor, inf, isclose, isfinite, remainder
from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.region import option
from guidelint.validation.question import Asked, OptionsRule, OwnOption
from guidelint.validation.rule.at_limit import AtLimit
from guidelint.validation.rule.beside import AnyOrder, Beside
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.parameters.amount import Answer, AnswerStep, OneOrMore
from guidelint.validation.rule.parameters.bound import Lower, Step, Upper
from guidelint.validation.rule.parameters.free_text import Spelling, UnitSign
from guidelint.validation.rule.parameters.naming import TEXT, AnswerOf
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import OF_COUNTS, Limits, Unit
from guidelint.validation.rule.spelling import hint, quoted
from guidelint.validation.rule.wording import both, counted, either, measure, miscounted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Value
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure

CHARACTERS = ("character", "characters")


def _nearest(value: float, start: float, step: float) -> tuple[float, float]:
    """Give the steps below and above a value, free of the dust of binary fractions."""
    below = floor((value - start) / step)
    return round(start + below * step, 9), round(start + (below + 1) * step, 9)


def _on_step(distance: float, step: float) -> bool:
    return isclose(remainder(distance, step), 0.0, abs_tol=1e-6 * step)


class AttributeInRange(OptionsRule):
    """An answer is one of the options, or a number within its limits.

    ## Why
    A rating of 7 on a scale from 1 to 5 means nothing, and moves every mean. Editors do not stop it: a rating takes as
    many stars as its control was given, and an import takes anything.

    ## How it is measured
    With ``options``: the answer is one of them, letter by letter; whole numbers count as their digits. Otherwise the
    answer is a number from ``min`` to ``max``, both allowed unless ``at_limit: departs`` is said, a whole count of
    ``step`` away from ``min`` (or from 0). A question that is asked of regions is answered for one: an answer whose
    region is not there belongs to nothing.

    ## Source
    A choice of this catalogue.
    """

    options: Annotated[tuple[OwnOption, ...], AnyOrder(), From("attributes.*.options.*", "names")] = ()
    """Allowed answers of a choice or a scale; none: the answer is a number or a text."""
    spellings: Annotated[
        tuple[Spelling, ...],
        Beside(),
        From("names.attributes.*.options.*", "spellings", given="the titles and aliases of the options"),
    ] = ()
    """Titles and aliases of the options, to tell which one was meant."""
    min: Annotated[Answer, AnswerOf("attribute"), Lower("answer"), From("attributes.*.number.min")] | None = None
    """Smallest number."""
    max: Annotated[Answer, AnswerOf("attribute"), Upper("answer"), From("attributes.*.number.max")] | None = None
    """Largest number."""
    step: (
        Annotated[AnswerStep, AnswerOf("attribute", is_one=False), Step("answer"), From("attributes.*.number.step")]
        | None
    ) = None
    """Distance of allowed numbers, counted from ``min`` or 0."""
    unit: Annotated[UnitSign, From("attributes.*.number.unit")] = ""
    """Unit of the number."""
    max_length: (
        Annotated[
            OneOrMore,
            AnswerOf("attribute", TEXT, is_one=False),
            Upper("characters"),
            From("attributes.*.max_length"),
        ]
        | None
    ) = None
    """Longest text in characters; given, the answer is a text."""
    at_limit: AtLimit = "kept"
    """A number that is exactly a limit is kept, or departs."""

    follows = "attributes.*"

    says = {
        "not-an-option": Says(
            "{question} is answered {answer}, which is not one of: {shown}", "Choose one of the options."
        ),
        "resembles": Says(
            "{question} is answered {answer}, which is not one of: {shown}; {hint}",
            "Choose the option that is meant.",
            "Correct the answer where it is written, or declare it as an alias of the option that is meant.",
        ),
        "not-a-number": Says("{question} is answered {answer}, which is not a number", "Enter a number."),
        "below": Says("{question} is {answer}, below the smallest value of {limit}", "Check the value and its unit."),
        "above": Says("{question} is {answer}, above the largest value of {limit}", "Check the value and its unit."),
        "below-at-limit": Says(
            "{question} is {answer}; it has to be more than {limit}", "Check the value and its unit."
        ),
        "above-at-limit": Says(
            "{question} is {answer}; it has to be less than {limit}", "Check the value and its unit."
        ),
        "off-step": Says(
            "{question} is {answer}, between two steps of {step}; the nearest are {nearest}",
            "Enter the one that fits better.",
        ),
        "of-nothing": Says(
            "{question} is answered {answer}, and not for any region",
            "Select the region that is meant and answer it there.",
            "Have it answered for the region that is meant; what is stored names a region that is not there.",
        ),
        "too-long": Says("{question} has {length} characters; at most {limit} are allowed", "Shorten the text."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        question = self.asked_about(names, "every")
        if self.options:
            return f"{question} is {names.answers(self.attribute, self.options)}."
        if self.max_length is not None:
            return f"{question} has {counted(None, self.max_length, CHARACTERS)}."
        limits = self._limits(self._unit(names)).asked
        steps = "" if self.step is None else f"in steps of {measure(self.step, self._unit(names))}"
        return f"{question} is {', '.join(filter(None, ('a number', limits, steps)))}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        question = self.asked_about(names)
        if self.options:
            return f"{question} is anything but {names.answers(self.attribute, self.options)}"
        if self.max_length is not None:
            return f"{question} has {miscounted(None, self.max_length, CHARACTERS)}"
        limits = self._limits(self._unit(names)).broken
        steps = "" if self.step is None else f"between two steps of {measure(self.step, self._unit(names))}"
        return f"{question} is {either(filter(None, ('no number', limits, steps)))}"

    def _unit(self, names: Names) -> str:
        return self.unit or names.unit(self.attribute)

    def _limits(self, unit: str) -> Limits:
        return Limits(Unit(unit, dust=OF_COUNTS), self.min, self.max, self.at_limit)

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Judge every answer by itself."""
        for one, said in self.answered(submission):
            for value in said:
                if value not in self.options:
                    yield from self._judge(one, value)
        for one, said in self.answered_for_nothing(submission):
            for value in said:
                yield self.departs("of-nothing", question=self.question_to(one), answer=self.shown(option(value)))

    def _judge(self, one: Asked, value: Value) -> Iterator[Departure]:
        if self.options:
            yield from self._not_an_option(one, value)
        elif self.max_length is not None:
            yield from self._too_long(one, value, self.max_length)
        elif isinstance(value, str) or not isfinite(value):
            yield self.departs("not-a-number", *one.regions, question=self.question_to(one), answer=str(value))
        else:
            yield from self._out_of_range(one, value)

    def _not_an_option(self, one: Asked, value: Value) -> Iterator[Departure]:
        if (answer := option(value)) in self.options:
            return
        names = (*self.options, *self.spellings)
        is_another = answer in self.titles or answer in self.titles.values()
        likely = hint(answer, names, self.titles) if isinstance(value, str) and not is_another else ""
        yield self.departs(
            "resembles" if likely else "not-an-option",
            *one.regions,
            question=self.question_to(one),
            answer=quoted(self.shown(answer)) if isinstance(value, str) else answer,
            options=", ".join(self.options),
            shown=", ".join(map(self.shown, self.options)),
            hint=likely,
        )

    def _too_long(self, one: Asked, value: Value, limit: int) -> Iterator[Departure]:
        length = len(str(value))
        if length > limit:
            yield self.departs("too-long", *one.regions, question=self.question_to(one), length=length, limit=limit)

    def _out_of_range(self, one: Asked, value: float) -> Iterator[Departure]:
        answer = Quantity(value, self.unit)
        for kind, broken in self._limits(self.unit).broken_by(value, "below", "above"):
            limit = Quantity(broken.limit, self.unit)
            yield self.departs(kind, *one.regions, question=self.question_to(one), answer=answer, limit=limit)
        if self.step is not None and not _on_step(value - (self.min or 0.0), self.step):
            yield self.departs(
                "off-step",
                *one.regions,
                question=self.question_to(one),
                answer=answer,
                step=Quantity(self.step, self.unit),
                nearest=both(measure(near, self.unit) for near in _nearest(value, self.min or 0.0, self.step)),
            )

    cases = (
        Case(
            "an option",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "2", "3", "4", "5"]},
            Drawn(text="#", answers={"malignancy": 5.0}),
        ),
        Case(
            "beyond the scale",
            {"attribute": "malignancy", "title": "Malignancy", "options": ["1", "2", "3"], "titles": {"2": "Average"}},
            "",
            finds="Malignancy is answered 7, which is not one of: 1, Average, 3",
            answers={"malignancy": 7.0},
        ),
        Case(
            "between two steps of the scale",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "2", "3"]},
            Drawn(text="#", answers={"malignancy": 2.5}),
            finds="malignancy is answered 2.5",
        ),
        Case(
            "a word of another protocol",
            {"attribute": "structure", "classes": ["lesion"], "options": ["soft-tissue", "fluid"]},
            Drawn(text="#", answers={"structure": "5 (undefined)"}),
            finds="structure is answered “5 (undefined)”, which is not one of: soft-tissue, fluid",
        ),
        Case(
            "an option with a space too many",
            {"attribute": "structure", "options": ["soft-tissue", "fluid"], "spellings": ["Soft tissue", "Fluid"]},
            "",
            finds="structure is answered “Fluid ”, which is not one of: soft-tissue, fluid; it differs from “Fluid” "
            "only by a space",
            answers={"structure": "Fluid "},
        ),
        Case(
            "nearly the key of an option, which people know by its title",
            {"attribute": "structure", "options": ["fluid"], "spellings": ["Liquid"], "titles": {"fluid": "Liquid"}},
            "",
            finds="it differs from a name of “Liquid” only by a space",
            answers={"structure": "fluid "},
        ),
        Case(
            "another option of the question, whose title is much like one that is allowed",
            {
                "attribute": "treated",
                "options": ["no", "grown"],
                "spellings": ["Yes, grown", "Yes, not grown"],
                "titles": {"no": "No", "grown": "Yes, grown", "not-grown": "Yes, not grown"},
            },
            "",
            finds="treated is answered “Yes, not grown”, which is not one of: No, Yes, grown",
            answers={"treated": "not-grown"},
        ),
        Case(
            "each wrong answer is named",
            {"attribute": "signs", "classes": ["lesion"], "options": ["halo"]},
            Drawn(text="#", answers={"signs": ("halo", "tail", "rim")}),
            finds="which is not one of: halo",
            times=2,
        ),
        Case("not answered is another rule's matter", {"attribute": "signs", "options": ["halo"]}, ""),
        Case("the smallest number", {"attribute": "dose", "min": 0.5}, "", answers={"dose": 0.5}),
        Case(
            "below the smallest number",
            {"attribute": "dose", "min": 0.5, "unit": "mg"},
            "",
            finds="dose is 0.4 mg, below the smallest value of 0.5 mg",
            answers={"dose": 0.4},
        ),
        Case("the largest number", {"attribute": "dose", "max": 9.0}, "", answers={"dose": 9.0}),
        Case(
            "above the largest number",
            {"attribute": "dose", "max": 9.0},
            "",
            finds="dose is 9.1, above the largest value of 9",
            answers={"dose": 9.1},
        ),
        Case(
            "the smallest number, which departs itself",
            {"attribute": "dose", "min": 0.5, "unit": "mg", "at_limit": "departs"},
            "",
            finds="dose is 0.5 mg; it has to be more than 0.5 mg",
            answers={"dose": 0.5},
        ),
        Case(
            "the largest number, which departs itself",
            {"attribute": "dose", "max": 9.0, "unit": "mg", "at_limit": "departs"},
            "",
            finds="dose is 9 mg; it has to be less than 9 mg",
            answers={"dose": 9.0},
        ),
        Case("on a step", {"attribute": "dose", "min": 0.1, "step": 0.1}, "", answers={"dose": 0.7}),
        Case(
            "steps are counted from the smallest number",
            {"attribute": "dose", "min": 0.1, "step": 0.25},
            "",
            answers={"dose": 0.6},
        ),
        Case(
            "between two steps",
            {"attribute": "dose", "min": 0.5, "step": 0.5},
            "",
            finds="dose is 0.7, between two steps of 0.5; the nearest are 0.5 and 1",
            answers={"dose": 0.7},
        ),
        Case(
            "a word where a number belongs",
            {"attribute": "dose", "min": 0.5},
            "",
            finds="dose is answered much, which is not a number",
            answers={"dose": "much"},
        ),
        Case(
            "a number without end",
            {"attribute": "dose", "min": 0.5},
            "",
            finds="dose is answered inf, which is not a number",
            answers={"dose": inf},
        ),
        Case(
            "an answer whose region is gone",
            {"attribute": "malignancy", "title": "Malignancy", "classes": ["lesion"], "options": ["1", "2"]},
            Drawn(text="#", answers={"malignancy": 1.0}),
            finds="Malignancy is answered 2, and not for any region",
            answers={"malignancy": 2.0},
        ),
        Case(
            "answers of one of two images whose regions are gone",
            {"attribute": "malignancy", "classes": ["lesion"], "options": ["1", "2"]},
            (Drawn(text="#", item_index=0), Drawn(text="#", item_index=1)),
            finds="malignancy of image 2 is answered 2, and not for any region",
            item_answers={1: {"malignancy": 2.0}},
        ),
        Case("a text of full length", {"attribute": "note", "max_length": 4}, "", answers={"note": "cyst"}),
        Case(
            "a text too long",
            {"attribute": "note", "max_length": 4},
            "",
            finds="note has 5 characters; at most 4 are allowed",
            answers={"note": "cysts"},
        ),
        Case(
            "steps of thousandths",
            {"attribute": "dose", "min": 1.0, "step": 0.003},
            "",
            finds="between two steps of 0.003; the nearest are 1.003 and 1.006",
            answers={"dose": 1.005},
        ),
        Case(
            "steps are counted from zero where there is no smallest number",
            {"attribute": "dose", "step": 0.4},
            "",
            finds="dose is 1, between two steps of 0.4; the nearest are 0.8 and 1.2",
            answers={"dose": 1.0},
        ),
        Case(
            "half a step of thousandths",
            {"attribute": "dose", "min": 1.0, "step": 0.001},
            "",
            finds="dose is 1.0005, between two steps of 0.001",
            answers={"dose": 1.0005},
        ),
    )
