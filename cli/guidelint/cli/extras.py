"""Optional parts of the installation: which extra a command needs, and whether it is there."""

from __future__ import annotations

from guidelint.checking.installed import lacking
from guidelint.cli.refusals import refused


def need_extra(extra: str, what: str) -> None:
    """Refuse to begin when an extra that ``what`` needs is not installed; it is named. Raises typer.Exit."""
    if said := lacking(extra, what):
        raise refused(said)
