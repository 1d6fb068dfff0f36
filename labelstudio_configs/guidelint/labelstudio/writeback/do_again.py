"""What somebody must do again since work was moved to another version, in a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.writeback.columns import BETWEEN, SUMMARY_LENGTH, as_many_as_fit
from guidelint.labelstudio.writeback.derived_columns import is_derived_column
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.labelstudio.migrating.redo import Redo

DO_AGAIN: Final = "gl_do_again"


def is_passing_column(key: str) -> bool:
    """Whether a key of the task data is ours, and goes when there is nothing to be told under it any more."""
    return key == DO_AGAIN or is_derived_column(key)


def do_again_column(every: Iterable[Redo]) -> dict[str, str]:
    """Write the column; none where nothing must be done again."""
    said = list(dict.fromkeys(_said(one) for one in every))
    return {DO_AGAIN: as_many_as_fit(said, BETWEEN, SUMMARY_LENGTH)} if said else {}


def _said(one: Redo) -> str:
    return f"{one.what}, now perhaps {either(one.choices)}" if one.choices else one.what
