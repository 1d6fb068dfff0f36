"""``guidelint`` and ``python -m guidelint.cli``."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from guidelint.cli.app import build_app
from guidelint.cli.options.completion import words_of_the_line
from guidelint.cli.refusals import USAGE, of_the_store
from guidelint.cli.streams import NOT_WRITABLE, fill_closed, silence, tell

FAULT = 3
"""Exit status of a fault of this program."""
LOADED = 100_000
"""More objects than loading makes: they stay, and looking for garbage among them takes a tenth of the start."""


def main() -> None:
    """Run the command line. Nothing a user hands over ends in a trace; a fault of ours says how to see one."""
    gc.set_threshold(LOADED)
    atexit.register(gc.freeze)  # or Python looks through all that was loaded, several times, before it ends
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for them reads the metadata of every package
    fill_closed()
    try:
        _run()
    except BrokenPipeError:
        silence(sys.stdout)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("GUIDELINT_TRACE"):
            raise
        sys.exit(_told(error))


def _run() -> None:
    """Run a command, and have all written that it says."""
    try:
        build_app(words_of_the_line(sys.argv[1:]))(prog_name="guidelint")
    finally:
        sys.stdout.flush()


def _told(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno in NOT_WRITABLE and not error.filename:
        silence(sys.stdout)
        why = (error.strerror or "unwritable").lower()
        tell(f"guidelint: standard output cannot be written: {why}. Make room, or name a file with --output\n")
        return USAGE
    if said := of_the_store(error):
        tell(f"guidelint: {said}\n")
        return USAGE
    tell(
        f"This is a fault of guidelint, not of your files: {type(error).__name__}: {error}\n"
        "Please report it. GUIDELINT_TRACE=1 shows where it happened.\n"
    )
    return FAULT


if __name__ == "__main__":
    main()
