"""Which tools the parts of a rule ask for, wherever a type says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from guidelint.validation.rule.parameters.naming import DrawnWith

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def asked_tools(draft: Draft) -> Iterator[tuple[Use, list[set[str]]]]:
    """Yield each use that asks for tools, with those of each of its parts."""
    every = [(one.path, {*cast("tuple[str, ...]", one.value)}) for one, _ in draft.saying(DrawnWith)]
    for use in draft.uses if every else ():
        if own := [tools for path, tools in every if path[: len(use.path)] == use.path]:
            yield use, own
