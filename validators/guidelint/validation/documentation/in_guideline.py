"""Where in a guideline a rule stands: told by whoever knows the language, shown where the rule is explained."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class InGuideline:
    """A rule as a guideline names it."""

    places: tuple[str, ...] = ()
    """Parts of a guideline in which it may stand, by their paths; ``*`` is a name of the author's."""
    example: str = ""
    """The rule in the first of them, as YAML."""
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    """Parameter → an example of it, on one line."""


NOWHERE = InGuideline()
"""A rule that no guideline names."""
