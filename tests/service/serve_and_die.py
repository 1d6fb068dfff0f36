"""The service with one difference: while a certain file is there, it kills itself between commit and answer."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from guidelint.cli.__main__ import main
from guidelint.service.receiver.group_commit import GroupCommit

VARIABLE = "DIE_AFTER_COMMIT"
FLAG = Path(os.environ.get(VARIABLE, "/nowhere"))
MODULE = (str(Path(__file__)),)
_store = GroupCommit._store  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def _store_and_die(self: GroupCommit, batch: Any) -> Any:
    numbers = _store(self, batch)
    if FLAG.exists():
        FLAG.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return numbers


if __name__ == "__main__":
    GroupCommit._store = _store_and_die  # type: ignore[method-assign]  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    main()
