"""A question is compared with a measure that its unit is none of."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.measured_in import OF_OBJECTS, MeasureOf, in_words, is_unit_of, units_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.validation.measured_in import Measured


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the unit of each question with what it is compared with."""
    for one, of in draft.saying(MeasureOf):
        name = str(getattr(one.owner, of.question, ""))
        question, measure = draft.written.attributes.get(name), cast("Measured", one.value)
        if question is None or question.number is None:
            continue
        if measure == "count" and not question.per_image:
            message = f"`{name}` asks a region, which has no {in_words(measure)}"
            yield Flaw(message, one.path, "Name a question with `of: image`.")
        elif measure == "volume":
            message = f"`{name}` is compared with a volume, and {OF_OBJECTS}"
            remedy = "Say that it follows: `derive: {measured: {volume: CLASS}}` under the question."
            yield Flaw(message, one.path, remedy)
        elif not is_unit_of(measure, unit := question.number.unit):
            shown = f"in {unit}" if unit else "without a unit"
            message = f"`{name}` is a number {shown}, which the {in_words(measure)} is not measured in"
            yield Flaw(message, one.path, f"Give the question the unit {units_of(measure)}, or another measure.")


LINT = Lint(
    code="unit-of-another-measure",
    means="A question is compared with a measure that its unit is none of.",
    why="A length in mm² cannot be compared with anything, so that no work could be judged by the rule.",
    wrong="""\
attributes:
  size: {title: Longest diameter, of: lesion, number: {min: 0, unit: mm2}}
rules: {entered-matches-measured: {attribute: size, measured: longest-diameter, tolerance: 1}}
""",
    right="""\
attributes:
  size: {title: Longest diameter, of: lesion, number: {min: 0, unit: mm}}
rules: {entered-matches-measured: {attribute: size, measured: longest-diameter, tolerance: 1}}
""",
    find=find,
)
