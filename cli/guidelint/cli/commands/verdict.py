"""``guidelint verdict``: why a task was judged as it was, from the store, whatever Label Studio shows of it now."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.options.ids import MOST_ID, MOST_PROJECT
from guidelint.cli.options.text_or_json import TextOrJson
from guidelint.cli.refusals import refused
from guidelint.cli.store_at import address_of, opened
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.service.store.base.task_key import TaskKey

WRONG = 1
"""Exit status when a reading that counts is not accepted."""


def command(
    task: Annotated[int, typer.Argument(metavar="TASK", min=1, max=MOST_ID, help="Task, by its ID in Label Studio.")],
    *,
    project: Annotated[int | None, typer.Option(min=1, max=MOST_PROJECT, help="Only a task of this project.")] = None,
    server: Annotated[str, typer.Option(metavar="ADDRESS", help="Only a task of this Label Studio.")] = "",
    format_: Annotated[
        TextOrJson, typer.Option("--format", envvar="GUIDELINT_VERDICT_FORMAT", help="How it is told.")
    ] = TextOrJson.TEXT,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="SQLite file, or a postgresql:// URL.")
    ] = DEFAULT_STORE,
) -> None:
    """Tell every reading of a task with its verdict: what is to change, what could not be checked, who is asked.

    It asks the store and not Label Studio, where every user sees every column: while somebody else may still read a
    task, its columns say nothing of the readings that are in, and this is where a manager finds the reason. It may run
    beside `guidelint serve`.

    Exit status 0: all that was read is accepted or skipped. 1: something is not, or waits to be judged.
    """
    from guidelint.cli.render.verdict_text import as_json, as_text  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.told_of_task import told_of_task  # noqa: PLC0415

    engine = opened(store)
    try:
        key = _place(engine, task, address_of(server), project, store)
        told = told_of_task(engine, key)
        sys.stdout.write(as_json(told) if format_ == TextOrJson.JSON else as_text(told, _whos(engine, key)))
    finally:
        engine.dispose()
    raise typer.Exit(0 if told.decision in {"accepted", "skipped"} and not told.waiting else WRONG)


def _place(engine: sa.Engine, task: int, server: str, project: int | None, store: str) -> TaskKey:
    """Find the one task that is meant. Raises typer.Exit."""
    from guidelint.service.store.hints.open_hints import Choice  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.told_of_task import places_of_task, waiting_at  # noqa: PLC0415

    found = places_of_task(engine, task, server, project)
    if len(found) > 1:
        listed = ", ".join(f"project {key.project} at {key.server}" for key in found)
        raise refused(f"there is a task {task} in {listed}: say which with --server and --project")
    if found:
        return found[0]
    if waiting_at(engine, Choice(server, project, task)):
        raise refused(f"task {task} was handed in and is not judged yet: see `guidelint inbox --task {task}`")
    where = (f" of project {project}" if project is not None else "") + (f" at {server}" if server else "")
    raise refused(
        f"the store {store} knows no reading of a task {task}{where}. Its number stands in Label Studio's first column;"
        " if nobody has read the task there is no verdict; if somebody has, `guidelint sweep` finds and judges it"
    )


def _whos(engine: sa.Engine, key: TaskKey) -> dict[str, str]:
    """Route → who it is, as the guideline in force calls them; empty where this engine cannot read the guideline."""
    from guidelint.service.store.projects import Plans  # noqa: PLC0415 - keeps --help fast
    from guidelint.validation.judging.plan import PlanError  # noqa: PLC0415

    try:
        plan = Plans(engine).newest(key.server, key.project)
    except PlanError:
        return {}
    return {name: route.who for name, route in plan.routes.items()} if plan else {}
