"""The service with one difference: while a certain file is there, it kills itself between commit and answer."""

from __future__ import annotations

import os
import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from guidelint.service.receiver.group_commit import GroupCommit
from guidelint.service.serve import serve
from guidelint.service.settings import Settings, secret_from, tokens_from
from guidelint.service.store.database import store_url

FLAG = Path(os.environ["DIE_AFTER_COMMIT"])
_store = GroupCommit._store  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def _store_and_die(self: GroupCommit, batch: Any) -> Any:
    numbers = _store(self, batch)
    if FLAG.exists():
        FLAG.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return numbers


GroupCommit._store = _store_and_die  # type: ignore[method-assign]  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

if __name__ == "__main__":
    parser = ArgumentParser()
    for name in ("command", "label_studio", "--port", "--store", "--hold-ms"):
        parser.add_argument(name)
    given = parser.parse_args()
    serve(
        Settings(
            store=store_url(given.store),
            servers=tokens_from((given.label_studio,), None),
            secret=secret_from(None),
            port=int(given.port),
            hold_ms=int(given.hold_ms),
            sweep_every_s=0.0,
        )
    )
