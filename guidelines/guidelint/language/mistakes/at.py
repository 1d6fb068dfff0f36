"""An error of the validator, with what is needed to word it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.tree import KeyPath, Leaf, Node, Row, follow, node_at, value_span
from guidelint.validation.rule.parameters.shape import whole_type

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from guidelint.language.text.problem import Code

_FITS = 40
"""Letters of a value that fit a line."""


@dataclass(frozen=True, slots=True)
class At:
    """An error, the tree it is about, and the model that the tree should follow."""

    error: ErrorDetails
    root: Node
    model: type[BaseModel]

    @property
    def loc(self) -> KeyPath:
        """Where the validator saw it."""
        return self.error["loc"]

    @property
    def place(self) -> KeyPath:
        """As much of the location as stands in the file."""
        return self.loc[: len(list(follow(self.root, self.loc)))]

    @property
    def node(self) -> Node | None:
        """What stands there."""
        return node_at(self.root, self.place)

    @property
    def name(self) -> str:
        """The name in the file that the error is about; empty for the guideline itself."""
        return next((str(step) for step in reversed(self.place) if isinstance(step, str)), "")

    @property
    def subject(self) -> str:
        """How a sentence names it."""
        return f"`{self.name}`" if self.name else "the guideline"

    @property
    def field(self) -> FieldInfo | None:
        """The field that the value is of, where the language and not the author names it."""
        path = self.place
        while path and isinstance(path[-1], int):
            path = path[:-1]
        return fields_at(self.model, path[:-1]).get(str(path[-1])) if path else None

    @property
    def type(self) -> Any:
        """The whole type of that field, with all that it says of itself; None where there is no field."""
        field = self.field
        return None if field is None else whole_type(field)

    @property
    def allowed(self) -> list[str]:
        """Words of which the validator would have taken one."""
        expected = str(self.error.get("ctx", {}).get("expected", ""))
        return re.findall(r"'([^']*)'", expected) or [expected]

    @property
    def text(self) -> str:
        """The value as written; empty for a list or keys."""
        return self.node.written if isinstance(self.node, Leaf) else ""

    @property
    def written(self) -> str:
        """The value as written, shortened."""
        return self.text if len(self.text) <= _FITS else self.text[: _FITS - 1] + "…"

    def says(self, wanted: str, why: str = "") -> str:
        """Say what is wanted and what was found."""
        match self.node:
            case Leaf():
                found = f"`{self.written}`" if self.written else "an empty text"
            case Row():
                found = "a list"
            case _:
                found = "names with something beneath"
        return f"{self.subject} wants {wanted}, not {found}{f': {why}' if why else ''}"

    def problem(self, code: Code, message: str, help_: str, better: str | None = None) -> Problem:
        """Word it; ``better`` is what to write in place of the value."""
        span = value_span(self.root, self.place)
        return Problem(code, message, span, help_, None if better is None else Edit(span, better))
