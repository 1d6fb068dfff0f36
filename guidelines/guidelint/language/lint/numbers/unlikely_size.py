"""A size that nothing in an image has, or a time that nobody waits: the unit was mistaken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.sizes_of_uses import sizes_of_uses
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

_OTHER_UNITS = {
    "mm": ((1e6, "km"), (1e3, "m"), (1e-3, "µm"), (1e-6, "nm")),
    "mm²": ((1e12, "km²"), (1e6, "m²"), (1e-6, "µm²"), (1e-12, "nm²")),
    "ml": ((1e6, "m³"), (1e3, "l"), (1e-3, "mm³")),
    "hours": ((8760.0, "years"), (1 / 3600, "seconds")),
    "minutes": ((525_600.0, "years"), (1 / 60, "seconds")),
    "seconds": ((86_400.0, "days"), (1e-3, "milliseconds")),
}
"""Unit → how many of it make one of another, from large to small."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare every number with what one believes of its kind; nothing at all is believed."""
    for one, amount in draft.saying(Amount):
        if isinstance(one.value, int | float):
            yield from _unlikely(one.path, one.value, amount)
    for path, value, amount in sizes_of_uses(draft):
        yield from _unlikely(path, value, amount)


def _unlikely(path: KeyPath, value: float, amount: Amount) -> Iterator[Flaw]:
    low, high = amount.sensible
    if value == 0 or low <= value <= high:
        return
    few = "less" if value < low else "more"
    unit = f" {amount.unit}" if amount.unit else ""
    message = f"`{path[-1]}: {number(value)}` is {_meant(value, amount)}, {few} than anybody means"
    remedy = f"Check the number and its unit: from {number(low)} to {number(high)}{unit} is believed."
    yield Flaw(message, path, remedy)


def _meant(value: float, amount: Amount) -> str:
    """Write a number in the unit that shows how large it is."""
    for factor, unit in _OTHER_UNITS.get(amount.unit, ()):
        if value >= factor > 1 or (factor < 1 and factor / 10 <= value < 1):
            return f"{value / factor:.3g} {unit}"
    return f"{number(value)} {amount.unit}".strip()


LINT = Lint(
    code="unlikely-size",
    means="A size, a time or a count is so small or so large that another unit must have been meant.",
    why=(
        "A limit that nothing can reach switches the rule off without a word. Units stand in the names of keys: "
        "lengths in mm, areas in mm², times in hours or minutes."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {diameter-limits: {longest_max_mm: 3000000}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {diameter-limits: {longest_max_mm: 30}}}
""",
    find=find,
)
