"""From NumPy to the compiled loops in the middle of the work, without ever waiting for a compilation."""

from __future__ import annotations

import atexit
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.geometry.kernels.beside import Compiler


class ChangeOver:
    """What this process has of the compiled loops, and what it has done to get them."""

    def __init__(self) -> None:
        self.made = False
        """Whether they are loaded."""
        self._given_up = False
        self._compiler: Compiler | None = None
        self._one = threading.Lock()

    @property
    def compiling(self) -> bool:
        """Whether they are being compiled beside this process."""
        return self._compiler is not None and self._compiler.running

    def wanted(self) -> bool:
        """Tell whether they can be used now; if not, see to it that they can be later."""
        if not self.made and not self._given_up and self._one.acquire(blocking=False):
            try:
                self._go_on()
            finally:
                self._one.release()
        return self.made

    def force(self) -> None:
        """Load them now, and compile here what is not kept."""
        from guidelint.geometry.kernels.beside import compile_here  # noqa: PLC0415 - keeps start-up fast

        with self._one:
            if not self.made:
                compile_here()
                self.made = True

    def _go_on(self) -> None:
        from guidelint.geometry.kernels.beside import compile_beside  # noqa: PLC0415 - keeps start-up fast

        if self._compiler is None:
            if not self._loaded():
                self._compiler = compile_beside()
                self._given_up = self._compiler is None
                atexit.register(self._end)
        elif not self._compiler.running:
            self._given_up = not (self._compiler.done and self._loaded())

    def _loaded(self) -> bool:
        """Load what is kept; False when that is not all there is."""
        from guidelint.geometry.kernels import kept  # noqa: PLC0415 - keeps start-up fast

        if kept.complete():
            with suppress(Exception):  # a damaged or foreign folder: the base kernels go on
                _load_kept()
                kept.mark_used()
                self.made = True
        return self.made

    def _end(self) -> None:
        if self._compiler is not None:
            self._compiler.end()


def _load_kept() -> None:
    from guidelint.geometry.kernels.kept_code import only_kept  # noqa: PLC0415 - loads numba
    from guidelint.geometry.kernels.loops import load_all  # noqa: PLC0415 - loads numba

    token = only_kept.set(True)
    try:
        load_all()
    finally:
        only_kept.reset(token)


change_over = ChangeOver()
"""Of this process."""
