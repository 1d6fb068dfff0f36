"""``guidelint doctor``: tell whether a live setup is whole."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from guidelint.checking.installed import missing_from
from guidelint.cli.options.credential_files import SecretFile, TokenFile
from guidelint.cli.options.ids import MOST_PROJECT
from guidelint.cli.refusals import refusals, refused
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.labelstudio.doctor.link import Link
    from guidelint.service.store_doctor import StoreDoctor

SIGNS = {"fine": "[green]✓[/]", "unclear": "[yellow]?[/]", "broken": "[red]✗[/]"}


def command(
    label_studio: Annotated[str, typer.Argument(metavar="ADDRESS", help="Address of Label Studio.")],
    *,
    project: Annotated[
        int | None,
        typer.Option(min=1, max=MOST_PROJECT, help="Project; otherwise every one that follows a guideline."),
    ] = None,
    guideline: Annotated[Path | None, typer.Option(help="Its file, where it is not in the library.")] = None,
    service: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where Label Studio would reach the service, if no webhook says so.")
    ] = "",
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="SQLite file, or a postgresql:// URL; the same as for serve.")
    ] = DEFAULT_STORE,
    token_file: TokenFile = None,
    secret_file: SecretFile = None,
    probe: Annotated[bool, typer.Option(help="Let Label Studio call this machine to measure its patience.")] = True,
) -> None:
    """Examine a live setup link by link and name what to do about each that is broken.

    Exit status 0: nothing is broken. 1: something is.
    """
    from guidelint.labelstudio.doctor.compiled_config import compiled_config  # noqa: PLC0415 - keeps --help fast
    from guidelint.labelstudio.doctor.examine import Setup, examine  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.settings import SECRET_VARIABLE, SettingsError, secret_from, tokens_from  # noqa: PLC0415

    try:
        (token,) = tokens_from((label_studio,), token_file).values()
        doctor = _store_doctor(store)
        secret = secret_from(secret_file) if secret_file or os.environ.get(SECRET_VARIABLE, "").strip() else ""
    except SettingsError as error:
        raise refused(str(error)) from error
    setup = Setup(
        url=label_studio,
        token=token,
        compiled=compiled_config(guideline),
        project=project,
        secret=secret,
        service_url=service,
        probe=probe,
    )
    if doctor is not None:
        setup = replace(setup, known=doctor.project_links)
    console = Console(highlight=False, soft_wrap=True)
    with refusals():
        broken = sum(_show(console, link) for link in chain(_of_the_store(doctor), examine(setup)))
    console.print(f"\n{broken} broken." if broken else "\nNothing is broken.")
    raise typer.Exit(1 if broken else 0)


def _store_doctor(store: str) -> StoreDoctor | None:
    """Make what examines the store; None: that part of guidelint is not installed here. Raises SettingsError."""
    if missing_from("service"):
        return None
    from guidelint.service.store.base.database import store_url  # noqa: PLC0415 - needs the extra `service`
    from guidelint.service.store_doctor import store_doctor  # noqa: PLC0415

    return store_doctor(store_url(store))


def _of_the_store(doctor: StoreDoctor | None) -> Iterable[Link]:
    from guidelint.labelstudio.doctor.link import unclear  # noqa: PLC0415 - keeps --help fast

    if doctor is not None:
        return doctor.links()
    return (unclear("store", "not examined here", "Install it with: pip install 'guidelint[service]'"),)


def _show(console: Console, link: Link) -> bool:
    """Print a link; whether it is broken."""
    console.print(f"{SIGNS[link.state]} [bold]{escape(link.name)}:[/] {escape(link.said)}")
    if link.remedy:
        console.print(f"    → {escape(link.remedy)}")
    return link.state == "broken"
