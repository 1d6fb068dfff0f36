"""``guidelint push``: make Label Studio projects follow a guideline."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.options.completion import guidelines
from guidelint.cli.options.credential_files import SecretFile, TokenFile
from guidelint.cli.options.ids import MOST_PROJECT
from guidelint.cli.refusals import found_loaded, refusals, refused
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.streams import tell
from guidelint.service.settings import (
    DEFAULT_STORE,
    STORE_VARIABLE,
    SettingsError,
    secret_from,
    tokens_from,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.cli.projects.pushing import Outcome, Wanted
    from guidelint.cli.projects.recording import Recording
    from guidelint.labelstudio.project.push import Pushed

_FAILED = 1
"""Exit status where some of several projects could not be pushed to."""


def command(
    guideline: Annotated[
        str, typer.Argument(help="Path to YAML, or name or name@version in the library.", autocompletion=guidelines)
    ],
    label_studio: Annotated[
        list[str],
        typer.Argument(
            metavar="ADDRESS...",
            help="Label Studio, e.g. http://localhost:8080, or a project there, e.g. http://localhost:8080/projects/7."
            " Several may be named.",
        ),
    ],
    *,
    project: Annotated[
        int | None,
        typer.Option(
            min=1, max=MOST_PROJECT, help="Project to bring in step. Left out: the one that follows it, or a new one."
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--every", help="Bring in step all projects that follow it there.")] = False,
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
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Make the exam of the guideline, a project of its own.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Make another exam although one is open.")] = False,
    role: Annotated[str, typer.Option(metavar="ROLE", help="Whose exam; left out: of the only role with one.")] = "",
) -> None:
    """Create or update projects: labeling config, instructions, settings, tabs and webhook.

    Doing it again changes nothing. The guideline version is recorded for `guidelint serve`: an annotation is judged
    by the version in force when it was handed in. Pushing an earlier version brings projects back to it.

    --calibration makes the exam that the guideline asks of a role: a project beside that of the work, with pictures of
    examples that nobody was shown. `guidelint serve` grades it. Doing it again changes nothing while the guideline has
    this version; --again draws another exam, first of pictures that none had before.

    Of several projects, one that fails does not keep the others. Exit status 0: all follow the guideline. 1: some of
    several could not be pushed to, which is told. 2: a guideline or an argument is not what it should be, or the only
    project could not be pushed to.
    """
    from guidelint.labelstudio.target import outputs  # noqa: PLC0415 - keeps --help fast
    from guidelint.language.compile.plan import compile_plan  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415
    from guidelint.service.store.base.database import store_url  # noqa: PLC0415

    if not calibration and (again or role):
        raise refused("--again and --role are about an exam: they need --calibration")
    try:
        with refusals():
            loaded = found_loaded(guideline)
            read = loaded.guideline
            plan = compile_plan(read, catalogue())
        texts, wanted = outputs(read, plan), _wanted(label_studio, project)
        tokens = tokens_from(tuple(wanted), token_file)
        secret, url = secret_from(secret_file), store_url(store)
    except (SettingsError, ValueError) as error:
        raise refused(str(error)) from error
    if calibration:
        if every or title is not None or any(wanted.values()):
            raise refused("an exam has a project of its own, which is found or made: name Label Studio alone")
        from guidelint.cli.exams.push_exam import Given, push_exams  # noqa: PLC0415 - few pushes are of exams

        given = Given(what=guideline, read=loaded, plan=plan, role=role, again=again)
        push_exams(given, tokens, url, service, secret)
        return
    if title is not None and (every or len(label_studio) > 1):
        raise refused("--title names one project, and several are to be pushed to")

    from guidelint.cli.projects.pushing import Pushing  # noqa: PLC0415 - loads the SDK: once all is given
    from guidelint.cli.projects.recording import new_store  # noqa: PLC0415
    from guidelint.labelstudio.project.push import PushOptions  # noqa: PLC0415
    from guidelint.service.store.base.database import open_store  # noqa: PLC0415
    from guidelint.service.store.base.migrate import migrate  # noqa: PLC0415

    options = PushOptions(
        title=title,
        secret=secret,
        drop_labels_in_use=drop_labels_in_use,
        replace_guideline=replace_guideline,
        maximum_annotations=maximum_annotations,
    )
    is_new = migrate(url)
    pushing, failed = Pushing(read, plan, texts, open_store(url), options, service), list[str]()
    is_alone = not every and sum(len(projects) or 1 for projects in wanted.values()) == 1
    try:
        for outcome in pushing.to_all(wanted, tokens, every=every):
            if outcome.problem:
                failed.append(outcome.problem if is_alone else f"{outcome.where}: {outcome.problem}")
            else:
                sys.stdout.writelines(visible(line) + "\n" for line in _told(outcome))
                sys.stdout.flush()
        if is_new and not (is_alone and failed):
            sys.stdout.write(visible(new_store(pushing.store)) + "\n")
    finally:
        pushing.store.dispose()
    if failed and is_alone:
        raise refused(failed[0])
    tell("".join(f"guidelint: {visible(line)}\n" for line in failed))
    raise typer.Exit(_FAILED if failed else 0)


def _wanted(named: Sequence[str], project: int | None) -> Wanted:
    """Read which projects are meant. Raises ValueError."""
    from guidelint.labelstudio.connection.address import normal_address  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.versions.project_address import is_of_a_project, project_at  # noqa: PLC0415

    wanted: Wanted = {}
    for address in named:
        of = project_at(address) if is_of_a_project(address) else None
        projects = wanted.setdefault(of.server if of else normal_address(address), [])
        if of and of.project not in projects:
            projects.append(of.project)
    if project is not None:
        if len(wanted) > 1 or any(wanted.values()):
            raise ValueError("--project names one of a single Label Studio: write each as ADDRESS/projects/NUMBER")
        wanted = {server: [project] for server in wanted}
    return wanted


def _told(outcome: Outcome) -> Iterator[str]:
    pushed, recording = outcome.pushed, outcome.recording
    if pushed is None or recording is None:
        return
    yield _said(pushed, recording)
    for person in pushed.not_users:
        yield f"{person} is asked by an escalation and is no user of this Label Studio: invite them, or name another."


def _said(pushed: Pushed, recording: Recording) -> str:
    version = f"{pushed.marker.name} {pushed.marker.version}"
    if pushed.created:
        return f"Created project {pushed.project} for {version}: {pushed.url}"
    if pushed.changed:
        return f"Project {pushed.project} now follows {version} (changed: {', '.join(pushed.changed)}): {pushed.url}"
    if recording.is_news:
        said = f"is in step with {version}; that is now recorded in the store {recording.place}"
        return f"Project {pushed.project} {said}: {pushed.url}"
    return f"Project {pushed.project} is in step with {version}: {pushed.url}"
