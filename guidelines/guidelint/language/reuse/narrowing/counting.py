"""Over what a base and a guideline that extends it count, and what they count apart: which of the two asks for more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.reuse.narrowing.loosening import Loosening, unlike
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.counting import WIDER, CountedApart, CountedOver
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from guidelint.language.text.tree import KeyPath

_OBJECTS: Final = WIDER[1:]
"""Over these objects are counted; on an image regions are, and the two do not compare."""


def of_counting(path: KeyPath, base: BaseModel, own: BaseModel) -> Iterator[Loosening]:
    """Compare how two numbers are counted.

    A greatest number of a patient limits each study of the patient as well, and one of all together limits those of
    each answer; a least number that is asked of each study, or of each answer, is one that is asked of all together.
    """
    has_least, has_most = (
        any(getattr(base, name) is not None for name in fields_of(type(base), kind)) for kind in (Lower, Upper)
    )
    for name in fields_of(type(base), CountedOver):
        there, here = getattr(base, name), getattr(own, name)
        if there != here:
            comparable = there in _OBJECTS and here in _OBJECTS
            is_wider = WIDER.index(here) > WIDER.index(there)
            if not comparable or (has_least if is_wider else has_most):
                yield unlike((*path, name), there, here, is_plain=comparable)
    for name in fields_of(type(base), CountedApart):
        there, here = getattr(base, name), getattr(own, name)
        if there != here and ((there and here) or (has_least if there else has_most)):
            yield unlike((*path, name), there, here, is_plain=not (there and here))


def is_compared_here(model: type[BaseModel], name: str) -> bool:
    """Whether a field says how things are counted."""
    return name in fields_of(model, CountedOver) or name in fields_of(model, CountedApart)
