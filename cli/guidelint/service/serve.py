"""Running the service: schema, receiver, judging process, sweep."""

from __future__ import annotations

import uvicorn

from guidelint.service.log import start_logging
from guidelint.service.receiver import Receiver
from guidelint.service.settings import Settings
from guidelint.service.store import migrate, open_store

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def serve(settings: Settings) -> None:
    """Run until interrupted. Raises SettingsError when there is no secret."""
    start_logging()
    migrate(settings.store)
    engine = open_store(settings.store)
    app = Receiver(settings, engine).app()
    try:
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
    finally:
        engine.dispose()
