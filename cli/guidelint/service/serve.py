"""Running the service: it takes deliveries in; what judges them runs in a process of its own, not loaded here."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from guidelint.service.log import start_logging
from guidelint.service.receiver import group_commit
from guidelint.service.receiver.receiver import Receiver
from guidelint.service.receiver.server import run
from guidelint.service.receiver.wire.listening import bound
from guidelint.service.store.base.database import open_store
from guidelint.service.store.base.make_ready import make_ready

if TYPE_CHECKING:
    from guidelint.service.settings import Settings


def serve(settings: Settings) -> None:
    """Run until interrupted. Raises SettingsError when there is no secret, or no port to listen on."""
    start_logging()
    with ExitStack() as opened:
        sockets = bound(settings.host, settings.port)
        for item in sockets:
            opened.callback(item.close)
        make_ready(settings.store)
        engine = open_store(settings.store, patience_s=group_commit.STORED_WITHIN_S / 2)
        opened.callback(engine.dispose)
        run(Receiver(settings, engine), sockets)
