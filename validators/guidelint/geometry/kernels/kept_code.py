"""Machine code of one loop on disk, as numba writes and reads it, but in the folder of this version."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from numba.core.caching import CompileResultCacheImpl, FunctionCache

from guidelint.geometry.kernels import kept
from guidelint.geometry.kernels.own_folder import why_not_own

if TYPE_CHECKING:
    from collections.abc import Callable

only_kept: ContextVar[bool] = ContextVar("only_kept", default=False)
"""While set, nothing is compiled: a loop that is not kept raises NotKeptError."""


class NotKeptError(RuntimeError):
    """The machine code of a loop is not on disk, or not for this processor."""


class _Place:
    """Tells numba the folder; the same for a function wherever its source lies."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._line = function.__code__.co_firstlineno

    def ensure_cache_path(self) -> None:
        """Make the folder. Raises OSError when that cannot be done."""
        kept.folder().mkdir(mode=0o700, parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        """Folder of this version."""
        return str(kept.folder())

    def get_source_stamp(self) -> str:
        """Compare nothing once more: the folder is named by the sources."""
        return "guidelint"

    def get_disambiguator(self) -> str:
        """Line of the function, which tells those of one name apart."""
        return str(self._line)

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> _Place:  # noqa: ARG003 - numba's signature
        """Make one for a function."""
        return cls(py_func)


class _Written(CompileResultCacheImpl):
    _locator_classes = [_Place]  # type: ignore[list-item] # noqa: RUF012 - numba's attribute


class KeptCode(FunctionCache):
    """The machine code of one loop; a folder that cannot be written keeps nothing, which is no fault."""

    _impl_class = _Written

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Read the code for these types; None when there is none that can be used and it may be compiled."""
        found = None
        with suppress(Exception):  # whatever a damaged file makes of itself, it is made anew
            _refuse_foreign()
            found = super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]
        if found is None and only_kept.get():
            raise NotKeptError(repr(self))
        return found

    def save_overload(self, sig: Any, data: Any) -> None:
        """Write the code for these types."""
        with suppress(OSError):
            _refuse_foreign()
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]


def _refuse_foreign() -> None:
    """Refuse a folder that others may write into. Raises PermissionError."""
    if reason := why_not_own(kept.folder()):
        raise PermissionError(reason)
