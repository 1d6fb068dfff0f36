"""Records judged by several processes, and shown in the order of the delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from guidelint.cli.refusals import refused

if TYPE_CHECKING:
    from guidelint.checking.checked import Checked
    from guidelint.cli.delivery.showing import Look
    from guidelint.cli.render.renderer import Renderer


def show_by_several(checked: Checked, page: Renderer, look: Look, out: TextIO, *, jobs: int, most: int | None) -> None:
    """Show each piece as it comes. Says which process was lost too often, and raises typer.Exit."""
    from guidelint.checking.spread.begin import cores, in_processes  # noqa: PLC0415 - most runs are one process
    from guidelint.checking.spread.crew import LostProcessError  # noqa: PLC0415

    try:
        with in_processes(jobs or cores(), checked, look, most) as spread:
            for piece in spread.shown():
                page.join(piece)
                out.flush()
    except LostProcessError as error:
        raise refused(str(error)) from error
