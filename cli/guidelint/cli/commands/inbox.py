"""``guidelint inbox``: what waits and what was set aside, and what to do with it."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.options.ids import MOST_ID, MOST_PROJECT
from guidelint.cli.options.text_or_json import TextOrJson
from guidelint.cli.refusals import refused
from guidelint.cli.store_at import address_of, opened
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.service.store.hints.open_hints import Choice

WRONG = 1
"""Exit status when something was set aside or is held, or when nothing was chosen."""
MOST_NUMBERS = 1000
"""So many hints may be named one by one."""


class Action(StrEnum):
    """What to do with the chosen hints."""

    LIST = "list"
    REPLAY = "replay"
    FORGET = "forget"


class State(StrEnum):
    """How a hint stands."""

    FAILED = "failed"
    HELD = "held"
    PUT_OFF = "put-off"
    PLANNED = "planned"
    WAITING = "waiting"


def command(
    action: Annotated[Action, typer.Argument(help="List, deal with again, or forget.")] = Action.LIST,
    numbers: Annotated[
        list[int] | None,
        typer.Argument(metavar="[NUMBER]...", min=0, max=MOST_ID, help="Hints by their numbers in the list."),
    ] = None,
    *,
    state: Annotated[
        list[State] | None,
        typer.Option(help="Only hints that stand so; may be given again. `replay` without it: failed and held."),
    ] = None,
    project: Annotated[int | None, typer.Option(min=1, max=MOST_PROJECT, help="Only hints of this project.")] = None,
    task: Annotated[int | None, typer.Option(min=0, max=MOST_ID, help="Only hints at this task.")] = None,
    server: Annotated[str, typer.Option(metavar="ADDRESS", help="Only hints of this Label Studio.")] = "",
    most: Annotated[int, typer.Option(min=0, max=10_000, help="So many hints are listed of each kind.")] = 5,
    format_: Annotated[
        TextOrJson, typer.Option("--format", envvar="GUIDELINT_INBOX_FORMAT", help="How it is told.")
    ] = TextOrJson.TEXT,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="SQLite file, or a postgresql:// URL.")
    ] = DEFAULT_STORE,
) -> None:
    """List the hints that are not dealt with, with the reasons; deal with them again; forget them.

    It may run beside `guidelint serve`. A hint says that something happened to a task; what was handed in stands in
    Label Studio. `replay` lets hints be dealt with from the beginning, at once. `forget` needs to be told which; they
    stay in the store, marked, and the next full sweep judges whatever stands in Label Studio without a verdict.

    Exit status of the list: 0 nothing was set aside or is held, 1 something is. Of `replay` and `forget`: 0 done,
    1 none was chosen, or a number is of no open hint.
    """
    from guidelint.service.store.hints.open_hints import Choice, Kind  # noqa: PLC0415 - keeps --help fast

    kinds = tuple(Kind(item.value) for item in state or ())
    choice = Choice(address_of(server), project, task, kinds, tuple(numbers or ()))
    _refuse_unclear(action, choice)
    engine = opened(store)
    try:
        raise typer.Exit(_done(engine, action, choice, most, as_json=format_ == TextOrJson.JSON))
    finally:
        engine.dispose()


def _done(engine: sa.Engine, action: Action, choice: Choice, most: int, *, as_json: bool) -> int:
    """Do it and tell it; returns the exit status."""
    from dataclasses import replace  # noqa: PLC0415 - keeps --help fast

    from guidelint.cli.render.of_store.inbox_text import changed, listed  # noqa: PLC0415
    from guidelint.service.store.hints.open_hints import Kind, forget, not_open, overview, put_back  # noqa: PLC0415

    if action == Action.REPLAY and not choice.kinds and not choice.numbers:
        choice = replace(choice, kinds=(Kind.FAILED, Kind.HELD))
    unknown = not_open(engine, choice.numbers)
    before = overview(engine, choice, 20, most)
    if action == Action.LIST:
        sys.stdout.write(listed(before, as_json=as_json))
        return WRONG if unknown or before.counts[Kind.FAILED] or before.counts[Kind.HELD] else 0
    count = put_back(engine, choice) if action == Action.REPLAY else forget(engine, choice)
    sys.stdout.write(changed(before, action.value, count, unknown, as_json=as_json))
    return WRONG if unknown or not count else 0


def _refuse_unclear(action: Action, choice: Choice) -> None:
    if len(choice.numbers) > MOST_NUMBERS:
        raise refused(f"more than {MOST_NUMBERS} numbers are named: choose by --project, --task or --state")
    if action == Action.FORGET and not choice.is_explicit:
        raise refused("say which hints to forget: numbers, --project, --task, --server or --state")
