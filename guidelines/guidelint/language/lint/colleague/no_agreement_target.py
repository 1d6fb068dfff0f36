"""Nothing says how far readers must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.colleague.whole import first_there
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for a rule that compares readers, and for what `readers` asks of answers and regions."""
    readers = draft.written.readers
    if not (readers.answers or readers.regions) and not any(use.rule.compares_readers > 1 for use in draft.uses):
        place = first_there(draft, "readers", "classes", "attributes")
        remedy = "Ask for it: `readers: {rules: {enough-readers: {min: 2}, overlap-agreement: {min_dice: 0.7}}}`."
        yield Flaw("nothing says how far two readers must agree", place, remedy, "key")


LINT = Lint(
    code="no-agreement-target",
    level="note",
    means="Nothing says how far readers must agree.",
    why=(
        "Two people who follow a good guideline mark nearly the same. Without a target nobody measures whether they "
        "do, and a model learns the habits of one of them. Ask for a second reading, and say how much overlap is "
        "enough."
    ),
    source=(
        "Mongan J, Moy L, Kahn CE. Checklist for Artificial Intelligence in Medical Imaging (CLAIM), item 18. "
        "Radiology: Artificial Intelligence 2 (2020), https://doi.org/10.1148/ryai.2020200029"
    ),
    wrong="""\
returned_work: {mode: keep}
""",
    right="""\
readers: {rules: {enough-readers: {min: 2}, overlap-agreement: {min_dice: 0.7}}}
""",
    find=find,
)
