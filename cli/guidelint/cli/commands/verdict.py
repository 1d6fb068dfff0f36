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
    from collections.abc import Mapping

    import sqlalchemy as sa

    from guidelint.service.store.base.task_key import TaskKey
    from guidelint.validation.judging.plan import Route

WRONG = 1
"""Exit status when a reading that counts is not accepted."""


def command(
    task: Annotated[
        int | None,
        typer.Argument(
            metavar="TASK", min=1, max=MOST_ID, help="Task, by its ID in Label Studio; none: what spans several tasks."
        ),
    ] = None,
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

    Without TASK, and with --project where there are several: verdicts on the series, patients and annotators of a
    project, and on the whole of it.

    Exit status 0: all that was read is accepted or skipped. 1: something is not, or waits to be judged.
    """
    from guidelint.cli.render.of_store.verdict_text import as_json, as_text  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.told_of_task import told_of_task  # noqa: PLC0415

    engine = opened(store)
    if task is None:
        raise typer.Exit(_of_project(engine, address_of(server), project, format_))
    try:
        key = _place(engine, task, address_of(server), project, store)
        told = told_of_task(engine, key)
        telling = as_json if format_ == TextOrJson.JSON else as_text
        sys.stdout.write(telling(told, _routes(engine, key)))
    finally:
        engine.dispose()
    raise typer.Exit(0 if told.decision in {"accepted", "skipped"} and not told.waiting else WRONG)


def _of_project(engine: sa.Engine, server: str, project: int | None, format_: TextOrJson) -> int:
    """Tell what was judged over several tasks of the one project that is meant. Raises typer.Exit."""
    from guidelint.cli.render.of_store.verdict_text import subjects_as_json, subjects_as_text  # noqa: PLC0415
    from guidelint.service.store.subjects.told_of_project import told_of_project  # noqa: PLC0415

    try:
        key = _project(engine, server, project)
        judged, waiting = told_of_project(engine, key.server, key.project)
        text = subjects_as_text(judged, waiting, _routes(engine, key))
        sys.stdout.write(subjects_as_json(judged, waiting) if format_ == TextOrJson.JSON else text)
    finally:
        engine.dispose()
    return 0 if all(item.verdict.decision == "accepted" for item in judged) and not waiting else WRONG


def _project(engine: sa.Engine, server: str, project: int | None) -> TaskKey:
    from guidelint.service.store.base.task_key import TaskKey  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.projects import followed_projects  # noqa: PLC0415

    found = [place for place in followed_projects(engine) if server in {"", place[0]} and project in {None, place[1]}]
    if len(found) == 1:
        return TaskKey(*found[0], 0)
    if not found:
        raise refused("the store knows no such project: push its guideline with this store, or see --store")
    listed = ", ".join(f"project {number} at {address}" for address, number in found)
    raise refused(f"the store knows {listed}: say which with --server and --project, or name a task")


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


def _routes(engine: sa.Engine, key: TaskKey) -> Mapping[str, Route]:
    """Give the routes of the guideline in force; none where this engine cannot read it."""
    from guidelint.service.store.projects import Plans  # noqa: PLC0415 - keeps --help fast
    from guidelint.validation.judging.plan import PlanError  # noqa: PLC0415

    try:
        plan = Plans(engine).newest(key.server, key.project)
    except PlanError:
        return {}
    return plan.routes if plan else {}
