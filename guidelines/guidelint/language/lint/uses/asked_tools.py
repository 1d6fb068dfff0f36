"""Which tools the parts of a rule ask for, wherever a type says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from guidelint.validation.rule.parameters.naming import DrawnWith

if TYPE_CHECKING:
    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath

Asked = Mapping["KeyPath", tuple[str, ...]]
"""Where a part asks for tools → which."""


def asked_tools(draft: Draft) -> list[tuple[Use, Asked]]:
    """List the uses that ask for tools, with those of each of their parts."""
    return draft.once(_asked_tools)


def asked_by_size(draft: Draft) -> list[tuple[Use, Asked]]:
    """List those of them where a size decides which part is meant."""
    return draft.once(_asked_by_size)


def _asked_tools(draft: Draft) -> list[tuple[Use, Asked]]:
    return _asked(draft, by_size=False)


def _asked_by_size(draft: Draft) -> list[tuple[Use, Asked]]:
    return _asked(draft, by_size=True)


def _asked(draft: Draft, *, by_size: bool) -> list[tuple[Use, Asked]]:
    said = ((one, meaning) for one, meaning in draft.saying(DrawnWith) if meaning.by_size or not by_size)
    every = {one.path: cast("tuple[str, ...]", one.value) for one, _ in said}
    asked = ((use, _beneath(use.path, every)) for use in (draft.uses if every else ()))
    return [(use, own) for use, own in asked if own]


def _beneath(place: KeyPath, every: Asked) -> Asked:
    return {path: tools for path, tools in every.items() if path[: len(place)] == place}
