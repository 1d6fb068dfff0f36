"""A guideline on its way: as much of it as could be read, with everything that its types say about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.language.lint.rule_uses import Use, uses
from guidelint.validation.rule.parameters.said import Said, said

if TYPE_CHECKING:
    from guidelint.language.form.written import WrittenBody
    from guidelint.language.text.tree import Node


@dataclass(frozen=True)
class Draft:
    """What lints look at."""

    written: WrittenBody
    """It may lack parts that could not be read."""
    root: Node
    """The whole file, so that a name is known even where the part it names is broken."""

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every value with what it is."""
        return tuple(said(self.written))

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every use of a rule."""
        return tuple(uses(self.written))
