"""A key says more about another one that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.refines import Refines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for refinements of what is not given, or is given otherwise."""
    for one, refines in draft.saying(Refines):
        beside = getattr(one.owner, refines.of, None)
        if one.value in _NOTHING or (beside == refines.value if refines.value else beside not in _NOTHING):
            continue
        wanted = f"{refines.of}: {refines.value}" if refines.value else f"{refines.of}:"
        message = f"`{one.path[-1]}` has an effect only beside `{wanted}`, which is not there"
        yield Flaw(message, one.path, f"Write `{wanted}`, or delete this.", "key")


_NOTHING: Final[tuple[object, ...]] = (None, "", (), {})


LINT = Lint(
    code="refines-nothing",
    means="A key has an effect only beside another one, which is not there.",
    why=("Whoever reads it believes that it has one. Give what it refines, or delete it."),
    wrong="""\
readers: {rules: {enough-readers: {min: 2}, overlap-agreement: {min_dice: 0.7, match_iou: 0.5}}}
""",
    right="""\
readers: {rules: {enough-readers: {min: 2}, overlap-agreement: {min_matched: 0.7, match_iou: 0.5}}}
""",
    find=find,
)
