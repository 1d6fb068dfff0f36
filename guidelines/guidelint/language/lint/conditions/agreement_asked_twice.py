"""Two bands of sizes ask readers to agree otherwise in the same regions."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from guidelint.language.form.sections.readings import AgreementOfSize
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.interval import interval_of
from guidelint.language.text.suggest import listed
from guidelint.validation.rule.condition import size_limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.validation.rule.condition import SizeIs


def find(draft: Draft) -> Iterator[Flaw]:
    """Hold the bands of each class side by side."""
    for name, targets in draft.written.readers.regions.items():
        for (one, first), (other, second) in combinations(targets.by_size.items(), 2):
            if (asked := _both_ask(first, second)) and _meet(first.size, second.size):
                message = f"some sizes are of `{one}` and of `{other}`, which both say {listed(asked)}"
                remedy = "Let every size belong to one of them: `below: 10` beside `at_least: 10`."
                yield Flaw(message, ("readers", "regions", name, "by_size", other, "size"), remedy)


def _both_ask(one: AgreementOfSize, other: AgreementOfSize) -> list[str]:
    both = one.model_fields_set & other.model_fields_set - {"size"}
    return [key for key in AgreementOfSize.model_fields if key in both]


def _meet(one: SizeIs, other: SizeIs) -> bool:
    """Whether a region can be of both sizes, as far as both say it of the same measure."""
    its, others = dict(size_limits(one)), dict(size_limits(other))
    both = its.keys() & others.keys()
    return bool(both) and not any(interval_of(its[key]).meet(interval_of(others[key])).is_empty for key in both)


LINT = Lint(
    code="agreement-asked-twice",
    level="warning",
    means="Two bands of sizes ask readers to agree otherwise in the same regions.",
    why="Which of the two targets a region of that size must reach cannot be told. Let a limit belong to one band.",
    wrong="""\
classes:
  nodule: {title: Nodule, definition: A round spot., draw: polygon}
readers:
  regions:
    nodule:
      by_size:
        small: {size: {longest_mm: {at_most: 10}}, min_dice: 0.6}
        large: {size: {longest_mm: {at_least: 10}}, min_dice: 0.8}
""",
    right="""\
classes:
  nodule: {title: Nodule, definition: A round spot., draw: polygon}
readers:
  regions:
    nodule:
      by_size:
        small: {size: {longest_mm: {below: 10}}, min_dice: 0.6}
        large: {size: {longest_mm: {at_least: 10}}, min_dice: 0.8}
""",
    find=find,
)
