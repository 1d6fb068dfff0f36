"""What somebody must do again since work was moved to another version, in a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.writeback.columns import BETWEEN, SUMMARY_LENGTH
from guidelint.labelstudio.writeback.derived_columns import is_derived_column
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.labelstudio.migrating.redo import Redo

DO_AGAIN: Final = "gl_do_again"


def is_passing_column(key: str) -> bool:
    """Whether a key of the task data is ours, and goes when there is nothing to be told under it any more."""
    return key == DO_AGAIN or is_derived_column(key)


def do_again_column(every: Iterable[Redo]) -> dict[str, str]:
    """Write the column; none where nothing must be done again."""
    said = list(dict.fromkeys(_said(one) for one in every))
    return {DO_AGAIN: _as_many_as_fit(said)} if said else {}


def _said(one: Redo) -> str:
    return f"{one.what}, now perhaps {either(one.choices)}" if one.choices else one.what


def _as_many_as_fit(said: Sequence[str]) -> str:
    for shown in range(len(said), 1, -1):
        more = [f"+{len(said) - shown} more"] if shown < len(said) else []
        if len(text := BETWEEN.join((*said[:shown], *more))) <= SUMMARY_LENGTH:
            return text
    return BETWEEN.join((said[0], *([f"+{len(said) - 1} more"] if len(said) > 1 else [])))
