"""A tree read with a model: what was written, or what the model does not accept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from guidelint.language.text.tree import Node, plain

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reading(Generic[_M]):
    """What came of reading a tree."""

    root: Node
    written: _M | None
    """None: there are errors."""
    errors: tuple[ErrorDetails, ...] = ()

    @property
    def whole(self) -> _M:
        """What was written. Raises ValueError where there are errors."""
        if self.written is None:
            raise ValueError("what has errors could not be read")
        return self.written


def reading(model: type[_M], root: Node) -> Reading[_M]:
    """Read a tree with a model; its errors stand at their places in the file."""
    try:
        return Reading(root, model.model_validate(plain(root), by_alias=True, by_name=False))
    except ValidationError as error:
        from guidelint.language.form.uses.use_errors import in_the_file  # noqa: PLC0415 - a sound text needs none of it

        return Reading(root, None, tuple(in_the_file(error.errors(include_url=False), model, root)))
