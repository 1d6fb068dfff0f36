"""Bringing a store to this version before it is used, and saying so loudly when there was none."""

from __future__ import annotations

import logging

from guidelint.service.log import note
from guidelint.service.store.base.database import open_store, place_of
from guidelint.service.store.base.migrate import migrate

NEW = (
    "it knows no project and no verdict. If there was a store before, stop the service, and name that one (--store,"
    " GUIDELINT_STORE) or restore the last backup; otherwise push each guideline with this store: guidelint push"
    " GUIDELINE ADDRESS --project N --store"
)


def make_ready(url: str) -> bool:
    """Make or migrate a store; whether it is new. Raises StoreFault."""
    if not migrate(url):
        return False
    engine = open_store(url)
    note("a new, empty store was made", logging.WARNING, place=place_of(engine), reason=f"{NEW} {place_of(engine)}")
    engine.dispose()
    return True
