"""``guidelint`` and ``python -m guidelint.cli``."""

from __future__ import annotations

import gc
import os
import sys

from guidelint.cli.app import build_app
from guidelint.cli.completion import words_of_the_line

FAULT = 3
"""Exit status of a fault of this program."""
LOADED = 100_000
"""More objects than loading makes: they stay, and looking for garbage among them takes a tenth of the start."""


def main() -> None:
    """Run the command line. Nothing a user hands over ends in a trace; a fault of ours says how to see one."""
    gc.set_threshold(LOADED)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for them reads the metadata of every package
    try:
        build_app(words_of_the_line(sys.argv[1:]))(prog_name="guidelint")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if os.environ.get("GUIDELINT_TRACE"):
            raise
        text = f"This is a fault of guidelint, not of your files: {type(error).__name__}: {error}\n"
        sys.stderr.write(text + "Please report it. GUIDELINT_TRACE=1 shows where it happened.\n")
        sys.exit(FAULT)


if __name__ == "__main__":
    main()
