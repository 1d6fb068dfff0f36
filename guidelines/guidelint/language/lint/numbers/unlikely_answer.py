"""A question allows an answer that nothing in an image can have."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.amount import AREA_MM2, LENGTH_MM, VOLUME_ML
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft
    from guidelint.validation.rule.parameters.quantity import Amount


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the ends of numbers that have a unit with what one believes of such a quantity."""
    for name, question in draft.written.attributes.items():
        part = question.number
        amount = _AMOUNTS.get(part.unit.casefold()) if part is not None else None
        if part is None or amount is None:
            continue
        for key, value in (("min", part.min), ("max", part.max)):
            if value is not None and value > amount.sensible[1]:
                shown = f"{number(value)} {part.unit}"
                message = f"`{name}` allows {shown}, more than anybody measures"
                remedy = f"Check the number and its unit: up to {number(amount.sensible[1])} {amount.unit} is believed."
                yield Flaw(message, ("attributes", name, "number", key), remedy)


_AMOUNTS: Final[Mapping[str, Amount]] = MappingProxyType(
    {"mm": LENGTH_MM, "mm2": AREA_MM2, "mm²": AREA_MM2, "ml": VOLUME_ML, "cm3": VOLUME_ML, "cm³": VOLUME_ML}
)
"""Unit, in UCUM spelling and as people write it → what is counted in it; the numbers are the same."""


LINT = Lint(
    code="unlikely-answer",
    level="warning",
    means="A question allows an answer that nothing in an image can have.",
    why=(
        "A slip of the keyboard within such limits is accepted as an answer. Write the range in which an answer is "
        "believed."
    ),
    wrong="""\
attributes:
  length: {title: Length, of: lesion, number: {min: 0, max: 100000, unit: mm}}
""",
    right="""\
attributes:
  length: {title: Length, of: lesion, number: {min: 0, max: 400, unit: mm}}
""",
    find=find,
)
