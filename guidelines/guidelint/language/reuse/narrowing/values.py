"""Values of one key in a base and in a guideline that extends it, compared by what their types say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from guidelint.language.reuse.narrowing.counting import is_compared_here, of_counting
from guidelint.language.reuse.narrowing.loosening import Loosening, shown, unlike
from guidelint.validation.rule.parameters.bound import Bound, Lower
from guidelint.validation.rule.parameters.limit_itself import STRICTER, LimitItself
from guidelint.validation.rule.parameters.naming import NameOf
from guidelint.validation.rule.parameters.said import meanings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.parameters.meaning import Meaning

_TEXTS: Final[tuple[object, ...]] = (str, str | None)
_NOTHING: Final[tuple[object, ...]] = (None, (), "", {})


def of_models(
    path: KeyPath, base: BaseModel, own: BaseModel, but: Collection[str] = (), *, has_prose: bool = True
) -> Iterator[Loosening]:
    """Compare two models field by field; ``but`` those that are compared elsewhere, or mean nothing.

    ``has_prose``: whether free texts in it are only read by people.
    """
    yield from of_counting(path, base, own)
    for name, field in type(base).model_fields.items():
        if name not in but and not is_compared_here(type(base), name):
            is_prose = has_prose and _is_text(field.annotation)
            there, here = getattr(base, name), getattr(own, name)
            said = meanings(type(base), name)
            yield from of_values((*path, field.alias or name), there, here, said, is_prose=is_prose)


def _is_text(annotation: object) -> bool:
    return annotation in _TEXTS


def of_values(
    path: KeyPath, base: Any, own: Any, said: tuple[Meaning, ...] = (), *, is_prose: bool = False
) -> Iterator[Loosening]:
    """Compare two values: bounds by their ends, parts by what is in them; words that only people read may differ."""
    if base == own:
        return
    bound = next((one for one in said if isinstance(one, Bound)), None)
    if bound is not None:
        yield from _of_bounds(path, base, own, bound)
    elif any(isinstance(one, LimitItself) for one in said):
        if STRICTER.index(own) < STRICTER.index(base):
            yield unlike(path, base, own)
    elif isinstance(base, BaseModel) and isinstance(own, type(base)):
        yield from of_models(path, base, own)
    elif isinstance(base, dict) and isinstance(own, dict):
        yield from of_names(path, base, own)
        for name in base.keys() & own.keys():
            yield from of_values((*path, name), base[name], own[name])
    elif not (base in _NOTHING or (is_prose and not any(isinstance(one, NameOf) for one in said))):
        yield unlike(path, base, own, is_plain=False)


def of_names(path: KeyPath, base: Mapping[str, object], own: Mapping[str, object]) -> Iterator[Loosening]:
    """Look for parts that are not there any more."""
    yield from (Loosening(path, f"`{name}` is not there any more") for name in base if name not in own)


def not_more(path: KeyPath, base: Collection[str], own: Collection[str]) -> Iterator[Loosening]:
    """Look for what is allowed here and not there."""
    if more := tuple(item for item in own if item not in base):
        yield Loosening(path, f"`{path[-1]}` allows {shown(more)}, which it does not there")


def _of_bounds(path: KeyPath, base: object, own: object, bound: Bound) -> Iterator[Loosening]:
    if base is None:
        return
    is_lower = isinstance(bound, Lower)
    if own is None:
        words = "at least" if is_lower else "at most"
        yield Loosening(path, f"`{path[-1]}` is {words} {shown(base)} there, without limit here")
    elif not isinstance(base, int | float) or not isinstance(own, int | float):
        yield unlike(path, base, own, is_plain=False)
    elif (own < base) if is_lower is not bound.of_departures else (own > base):
        words = "at least" if is_lower else "at most"
        yield Loosening(path, f"`{path[-1]}` is {words} {shown(base)} there, {shown(own)} here")
