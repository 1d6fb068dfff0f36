"""A step of a path that is the author's name of a use, and the rule that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.language.text.tree import KeyPath


class UseName(str):
    """The name of a use as it stands in the file; it knows the rule, which the file names one step below."""

    __slots__ = ("rule",)
    rule: str

    @classmethod
    def of(cls, name: str, rule: str) -> UseName:
        """Name a use of a rule."""
        made = cls(name)
        made.rule = rule
        return made


def rule_at(path: KeyPath) -> str:
    """Tell the rule whose use a path leads to, if it leads to one; else its last step."""
    last = path[-1] if path else ""
    return last.rule if isinstance(last, UseName) else str(last)
