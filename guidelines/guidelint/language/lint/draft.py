"""A guideline on its way: as much of it as could be read, with everything that its types say about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from guidelint.language.form.written import DEFINITIONS
from guidelint.language.lint.rule_uses import Use, uses
from guidelint.language.text.tree import node_at
from guidelint.validation.rule.parameters.meaning import Meaning
from guidelint.validation.rule.parameters.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.language.examples.kept import Kept
    from guidelint.language.form.written import WrittenBody
    from guidelint.language.text.tree import Node, Parts


_M = TypeVar("_M", bound=Meaning)
_T = TypeVar("_T")
_COMMON = 2
"""So many kinds every meaning is of: a meaning, and an object."""


@dataclass(frozen=True)
class Draft:
    """What lints look at."""

    written: WrittenBody
    """It may lack parts that could not be read."""
    root: Node
    """The whole file, so that a name is known even where the part it names is broken."""
    parts: Parts
    """Everything that stands in the file."""
    examples: tuple[Kept, ...] = ()
    """Examples that lie beside it; they are looked for where notes are asked for."""

    def saying(self, meaning: type[_M]) -> Iterator[tuple[Said, _M]]:
        """Yield every value that is of a kind, with what its type says of it."""
        return iter(cast("list[tuple[Said, _M]]", self._by_kind.get(meaning, [])))

    @cached_property
    def _by_kind(self) -> dict[type, list[tuple[Said, Meaning]]]:
        found: dict[type, list[tuple[Said, Meaning]]] = defaultdict(list)
        for one in said(self.written.model_copy(update={part: {} for part in DEFINITIONS})):
            for meaning in one.meanings:
                for kind in type(meaning).__mro__[:-_COMMON]:
                    found[kind].append((one, meaning))
        return found

    def once(self, make: Callable[[Draft], _T]) -> _T:
        """Make what several lints look at, the first time that one asks for it."""
        made: dict[object, object] = self._made
        if make not in made:
            made[make] = make(self)
        return cast("_T", made[make])

    @cached_property
    def _made(self) -> dict[object, object]:
        return {}

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every use of a rule; one whose condition could not be read is not taken for one without."""
        return tuple(
            replace(use, is_conditional=True) if node_at(self.root, (*use.path, "when")) is not None else use
            for use in uses(self.written)
        )
