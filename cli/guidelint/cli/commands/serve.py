"""``guidelint serve``: judge submissions as they are handed in."""

from __future__ import annotations

from typing import Annotated

import typer

from guidelint.cli.options.credential_files import SecretFile, TokenFile, whole_path
from guidelint.cli.options.image_options import Facts, Inside, ServedImages, whole_places
from guidelint.cli.options.keep_days import KeepHistoryDays, KeepInboxDays
from guidelint.cli.refusals import refused
from guidelint.service.settings import (
    DEFAULT_STORE,
    STORE_VARIABLE,
    Settings,
    SettingsError,
    secrets_from,
    tokens_from,
)


def command(
    label_studio: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ADDRESS]...",
            help="Address of each Label Studio, as given to push. Left out: those named in the token file.",
        ),
    ] = None,
    *,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="SQLite file, or a postgresql:// URL.")
    ] = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8099,
    secret_file: SecretFile = None,
    token_file: TokenFile = None,
    hold_ms: Annotated[
        int,
        typer.Option(min=0, max=900, help="Longest wait for the verdict before Label Studio is answered; 0: never."),
    ] = 600,
    hold_at_most: Annotated[int, typer.Option(min=0, max=32, help="So many answers may wait at once.")] = 2,
    workers: Annotated[int, typer.Option(min=1, max=32, help="Tasks judged at once.")] = 2,
    sweep_every: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="Pause between sweeps; 0: none.")] = 60.0,
    open_after: Annotated[
        float,
        typer.Option(
            min=0,
            metavar="SECONDS",
            help="How long the first reader still sees the verdict before an escalated task opens to the next.",
        ),
    ] = 20.0,
    longest_wait: Annotated[
        float,
        typer.Option(
            min=1, metavar="SECONDS", help="/ready says no when somebody has waited longer than this for a verdict."
        ),
    ] = 120.0,
    facts: Facts = None,
    images: ServedImages = None,
    inside: Inside = None,
    keep_inbox_days: KeepInboxDays = 0.0,
    keep_history_days: KeepHistoryDays = 0.0,
) -> None:
    """Take the webhooks of Label Studio, judge every submission, write the verdict back.

    Secrets and tokens come from the environment or from files, never from the command line.
    """
    from guidelint.service.given import refuse_what_is_not_there  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.serve import serve  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.base.database import store_url  # noqa: PLC0415

    try:
        secret, *older = secrets_from(secret_file)
        settings = Settings(
            store=store_url(store),
            servers=tokens_from(tuple(label_studio or ()), token_file),
            token_file=whole_path(token_file),
            secret=secret,
            older_secrets=tuple(older),
            host=host,
            port=port,
            hold_ms=hold_ms,
            hold_at_most=hold_at_most,
            workers=workers,
            sweep_every_s=sweep_every,
            open_after_s=open_after,
            oldest_pending_s=longest_wait,
            facts=whole_path(facts),
            images=whole_places(images),
            inside=tuple(inside or ()),
            keep_inbox_days=keep_inbox_days,
            keep_history_days=keep_history_days,
        )
        refuse_what_is_not_there(settings)
        serve(settings)
    except SettingsError as error:
        raise refused(str(error)) from error
