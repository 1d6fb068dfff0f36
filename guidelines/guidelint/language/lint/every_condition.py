"""Every condition of a guideline: those of uses, and those under which questions are asked or must stay open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.condition import Condition


def every_condition(draft: Draft) -> Iterator[tuple[KeyPath, Condition]]:
    """Yield each with its path."""
    for use in draft.uses:
        if use.when is not None:
            yield (*use.path, "when"), use.when
    for name in draft.written.attributes:
        yield from conditions_of_question(name, draft)


def conditions_of_question(name: str, draft: Draft) -> Iterator[tuple[KeyPath, Condition]]:
    """Yield those under which a question is asked, or must stay open."""
    question = draft.written.attributes[name]
    for key, part in (("required", question.required), ("forbidden", question.forbidden)):
        if part is not None and part.where is not None:
            yield ("attributes", name, key, "where"), part.where
