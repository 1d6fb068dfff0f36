"""``guidelint demo``: the main job in one command, on this machine only."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from guidelint.cli.extras import need_extra
from guidelint.cli.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Generator

    from guidelint.cli.demonstration.play import Performance

WIDTH_OF_LOGS = 160
ENDS_IT = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What a supervisor or a closed terminal sends."""
STARTED_VARIABLE = "GUIDELINT_DEMO_STARTED"
"""Set by scripts/demo to the time at which it was called (seconds since the epoch)."""
STILL_TO_INSTALL_VARIABLE = "GUIDELINT_DEMO_STILL_TO_INSTALL"
"""Set by scripts/demo to the command, as a JSON list, that installs the extras; it has installed only the rest."""


def command(
    *,
    once: Annotated[bool, typer.Option("--once", help="End with a summary instead of staying up.")] = False,
    port: Annotated[int, typer.Option(help="Port of Label Studio; 0 takes a free one.", min=0, max=65535)] = 0,
) -> None:
    """Run the main job on a real Label Studio: push a guideline, let readers submit, show the verdicts.

    Label Studio is installed from PyPI into an environment of its own and kept for the next time. Everything runs on
    this machine and is thrown away at the end. The pictures are phantoms drawn around published outlines.
    """
    from guidelint.cli.demonstration.play import Demonstration  # noqa: PLC0415 - loads what only this command needs
    from guidelint.cli.demonstration.screen import Screen  # noqa: PLC0415

    still_to_install: list[str] = json.loads(os.environ.get(STILL_TO_INSTALL_VARIABLE) or "[]")
    if not still_to_install:
        need_extra("service", "`guidelint demo`")
    width = None if sys.stdout.isatty() else WIDTH_OF_LOGS
    screen = Screen(Console(highlight=False, width=width), float(os.environ.get(STARTED_VARIABLE) or time.time()))
    end_as_by_ctrl_c()
    with _explained(), tempfile.TemporaryDirectory(prefix="guidelint-demo-") as folder, ExitStack() as until:
        with screen.progress:
            outcome = Demonstration(screen, Path(folder), until, port, still_to_install).play()
        _summary(screen.console, outcome)
        if not once:
            _stay(screen.console, outcome)
    raise typer.Exit(1 if once and outcome.played.wrong else 0)


def end_as_by_ctrl_c() -> None:
    """Leave neither Label Studio nor the service behind, whoever ends the demonstration."""
    for number in ENDS_IT:
        signal.signal(number, signal.default_int_handler)


@contextmanager
def _explained() -> Generator[None]:
    """Say in words why the demonstration cannot go on."""
    from guidelint.labelstudio.environment.environment import InstallationError  # noqa: PLC0415 - only when it is needed
    from guidelint.labelstudio.environment.server import LabelStudioFailedError  # noqa: PLC0415

    try:
        yield
    except InstallationError as error:
        raise refused(f"What the demonstration needs could not be installed. Is PyPI reachable? {error}") from error
    except LabelStudioFailedError as error:
        raise refused(str(error)) from error
    except KeyboardInterrupt as stop:
        raise refused("stopped") from stop


def _summary(console: Console, outcome: Performance) -> None:
    played = outcome.played
    count = len(played.after_s)
    console.print(f"\n[bold]First verdict offline[/] after {outcome.first_offline_s:.1f} s")
    console.print(f"[bold]First verdict in Label Studio[/] after {played.first_s:.1f} s")
    console.print(f"[bold]{count} verdicts[/], each {played.median_s:.1f} s after Submit (median)")
    for line in played.wrong:
        console.print(f"[red]not as expected:[/] {line}", markup=True)
    console.print("[green]Every verdict was as expected.[/]" if not played.wrong else "")


def _stay(console: Console, outcome: Performance) -> None:
    console.print(f"\n[bold]Look around:[/] {outcome.url}")
    console.print(f"  user {outcome.server.email}   password {outcome.server.password}")
    console.print(
        "  The last two tasks are unread: open one, let an outline cross itself, rate it, submit, and read the banner."
    )
    console.print("Ctrl-C ends everything and throws it away.")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        console.print("Ending.")
