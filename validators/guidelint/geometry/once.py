"""What is computed when it is first asked for, and then kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from typing import Self

T = TypeVar("T")


class once(cached_property[T]):  # noqa: N801 - read as a decorator
    """A ``cached_property`` without the lock of Python 3.11, which costs more than much of what masks and regions keep.

    Two threads may compute the same value, as with the ``cached_property`` of later Pythons.
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Self | T:
        """Compute the value and keep it where Python finds it before it looks here."""
        if instance is None or self.attrname is None:
            return self
        value = instance.__dict__[self.attrname] = self.func(instance)
        return value
