"""The annotation tool that a guideline is compiled for, as far as the language asks what it can hold annotators to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from guidelint.language.form.enforced import Ability
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.text.tree import KeyPath


@dataclass(frozen=True, slots=True)
class Able:
    """What a tool does about something by itself."""

    place: Literal["in the editor", "before submit"] | None
    """Where it does it; None: it cannot."""
    how: str
    """By what, or why not, in words."""


class Target(Protocol):
    """An annotation tool."""

    name: str
    """What people call it, with its edition."""

    def able(self, ability: Ability, guideline: Guideline, path: KeyPath) -> Able:
        """Tell what it does about what stands at a path of a guideline."""
        ...
