"""What a worker does when the store cannot be used: say why, once, and make it anew where there is none any more."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from guidelint.service.log import note
from guidelint.service.store.base.faults import Kind, StoreFault, in_words
from guidelint.service.store.base.make_ready import make_ready

if TYPE_CHECKING:
    import sqlalchemy as sa


@dataclass
class Mending:
    """Looks after the store of one process; used by several threads."""

    engine: sa.Engine
    _said: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, error: SQLAlchemyError) -> None:
        """Say what is wrong unless that was said already, and mend what can be mended."""
        with self._lock:
            self._say(error)
            if isinstance(error, StoreFault) and error.fault.kind is Kind.MAKE:
                try:
                    make_ready(self.engine.url.render_as_string(hide_password=False))
                except SQLAlchemyError as again:
                    self._say(again)

    def over(self) -> None:
        """Say that the store can be used again, if it could not."""
        if self._said:
            self._said = ""
            note("the store can be used again")

    def _say(self, error: SQLAlchemyError) -> None:
        words = in_words(error)
        if words != self._said:
            self._said = words
            note("the store cannot be used", logging.ERROR, reason=words)
