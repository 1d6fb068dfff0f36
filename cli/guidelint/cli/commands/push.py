"""``guidelint push``: make a Label Studio project follow a guideline."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.options.completion import guidelines
from guidelint.cli.options.credential_files import SecretFile, TokenFile
from guidelint.cli.options.ids import MOST_PROJECT
from guidelint.cli.refusals import found, refusals, refused
from guidelint.cli.render.terminal.visible import visible
from guidelint.service.settings import (
    DEFAULT_STORE,
    STORE_VARIABLE,
    SettingsError,
    secret_from,
    tokens_from,
)

if TYPE_CHECKING:
    from guidelint.cli.recording import Recording
    from guidelint.labelstudio.connection.administration import Administration
    from guidelint.labelstudio.project.push import Pushed, PushOptions
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan


def command(
    guideline: Annotated[
        str, typer.Argument(help="Path to YAML, or name or name@version in the library.", autocompletion=guidelines)
    ],
    label_studio: Annotated[str, typer.Argument(metavar="ADDRESS", help="Label Studio, e.g. http://localhost:8080.")],
    *,
    project: Annotated[
        int | None,
        typer.Option(
            min=1, max=MOST_PROJECT, help="Project to bring in step. Left out: the one that follows it, or a new one."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the project.")] = None,
    service: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where Label Studio reaches `guidelint serve`.")
    ] = "http://127.0.0.1:8099",
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="SQLite file, or a postgresql:// URL; the same as for serve.")
    ] = DEFAULT_STORE,
    secret_file: SecretFile = None,
    token_file: TokenFile = None,
    maximum_annotations: Annotated[
        int | None, typer.Option(min=1, help="Readers per task. Left out: unchanged.")
    ] = None,
    drop_labels_in_use: Annotated[bool, typer.Option(help="Take out labels although annotations use them.")] = False,
    replace_guideline: Annotated[bool, typer.Option(help="Take over a project of another guideline.")] = False,
) -> None:
    """Create or update the project: labeling config, instructions, settings, tabs and webhook.

    Doing it again changes nothing. The guideline version is recorded for `guidelint serve`: an annotation is judged
    by the version in force when it was handed in.
    """
    from guidelint.labelstudio.connection.address import hook_path, normal_address  # noqa: PLC0415
    from guidelint.labelstudio.connection.errors import LabelStudioError  # noqa: PLC0415
    from guidelint.language.compile.plan import compile_plan  # noqa: PLC0415 - keeps --help fast
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415
    from guidelint.service.store.base.database import store_url  # noqa: PLC0415

    try:
        with refusals():
            read = found(guideline)
            plan = compile_plan(read, catalogue())
        address = normal_address(label_studio)
        token, secret, url = tokens_from((address,), token_file)[address], secret_from(secret_file), store_url(store)

        from guidelint.labelstudio.connection.administration import Administration  # noqa: PLC0415 - loads the SDK: once all is given
        from guidelint.labelstudio.project.push import PushOptions  # noqa: PLC0415

        options = PushOptions(
            project=project,
            title=title,
            hook_url=service.rstrip("/") + hook_path(address),
            secret=secret,
            drop_labels_in_use=drop_labels_in_use,
            replace_guideline=replace_guideline,
            maximum_annotations=maximum_annotations,
        )
        with Administration(address, token) as administration:
            pushed, recording = _push(read, plan, administration, options, url)
    except (SettingsError, LabelStudioError, ValueError) as error:
        raise refused(str(error)) from error
    sys.stdout.write(visible(_told(pushed, recording)) + "\n")
    for person in pushed.not_users:
        said = f"{person} is asked by an escalation and is no user of this Label Studio: invite them, or name another."
        sys.stdout.write(visible(said) + "\n")
    if recording.is_new_store:
        sys.stdout.write(visible(f"The store {recording.place} is new: `guidelint serve` must use the same.") + "\n")


def _push(
    read: Guideline, plan: Plan, administration: Administration, options: PushOptions, url: str
) -> tuple[Pushed, Recording]:
    from guidelint.cli.recording import Recording  # noqa: PLC0415 - keeps --help fast
    from guidelint.labelstudio.project.push import find_project, push  # noqa: PLC0415 - loads the SDK
    from guidelint.labelstudio.project.tabs import told_by  # noqa: PLC0415
    from guidelint.labelstudio.target import outputs  # noqa: PLC0415
    from guidelint.service.store.base.database import open_store  # noqa: PLC0415
    from guidelint.service.store.base.migrate import migrate  # noqa: PLC0415
    from guidelint.service.store.escalations import open_escalations  # noqa: PLC0415

    is_new = migrate(url)
    store = open_store(url)
    try:
        project = options.project if options.project is not None else find_project(administration, read.name)
        readers = {} if project is None else open_escalations(store, administration.url, project)
        texts = outputs(read, plan)
        recording = Recording(store, administration, plan, texts["label_config.xml"], is_new)
        recorded = replace(
            options,
            project=project,
            told=told_by(plan),
            open_escalations=readers,
            before_config=recording.record,
        )
        pushed = push(administration, texts, recorded)
        recording.record(pushed.project)  # also what is in step: the store may be another than the last push knew
    finally:
        store.dispose()
    return pushed, recording


def _told(pushed: Pushed, recording: Recording) -> str:
    version = f"{pushed.marker.name} {pushed.marker.version}"
    if pushed.created:
        return f"Created project {pushed.project} for {version}: {pushed.url}"
    if pushed.changed:
        return f"Project {pushed.project} now follows {version} (changed: {', '.join(pushed.changed)}): {pushed.url}"
    if recording.is_news:
        said = f"is in step with {version}; that is now recorded in the store {recording.place}"
        return f"Project {pushed.project} {said}: {pushed.url}"
    return f"Project {pushed.project} is in step with {version}: {pushed.url}"
