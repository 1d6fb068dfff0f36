"""``guidelint sweep``: find and judge what no webhook told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.options.credential_files import TokenFile, whole_path
from guidelint.cli.options.image_options import Facts, Inside, ServedImages, whole_places
from guidelint.cli.options.keep_days import KeepHistoryDays, KeepInboxDays
from guidelint.cli.refusals import refusals, refused
from guidelint.cli.render.terminal.visible import visible
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE, Settings, SettingsError, tokens_from

if TYPE_CHECKING:
    from collections.abc import Mapping

WRONG = 1
"""Exit status when something could not be swept or dealt with."""


def command(
    label_studio: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ADDRESS]...", help="Address of each Label Studio; left out: those of the token file."),
    ] = None,
    *,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="SQLite file, or a postgresql:// URL.")
    ] = DEFAULT_STORE,
    token_file: TokenFile = None,
    full: Annotated[bool, typer.Option(help="Look at every task, not only at those changed since the last sweep.")] = (
        False
    ),
    facts: Facts = None,
    images: ServedImages = None,
    inside: Inside = None,
    keep_inbox_days: KeepInboxDays = 0.0,
    keep_history_days: KeepHistoryDays = 0.0,
) -> None:
    """Find submissions that no webhook told of, judge them and all that lies above them, write the verdicts back.

    It may run beside `guidelint serve`, and needs none: tasks with all their readings, series, patients, annotators and
    whole projects are judged as well. Exit status 0: all is dealt with, whatever the verdicts say. 1: a project, a task
    or what lies above could not be, or a project follows a guideline and the store does not know it.
    """
    from guidelint.service.given import refuse_what_is_not_there  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.base.database import store_url  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.sweep_once import sweep_once  # noqa: PLC0415

    try:
        settings = Settings(
            store=store_url(store),
            servers=tokens_from(tuple(label_studio or ()), token_file),
            token_file=whole_path(token_file),
            facts=whole_path(facts),
            images=whole_places(images),
            inside=tuple(inside or ()),
            keep_inbox_days=keep_inbox_days,
            keep_history_days=keep_history_days,
        )
        refuse_what_is_not_there(settings)
    except SettingsError as error:
        raise refused(str(error)) from error
    with refusals():
        report = sweep_once(settings, full=full, tell=_on_stderr)
    for swept in report.projects:
        found = f"{swept.looked_at} tasks looked at, {swept.found} to deal with"
        trouble = f" - {swept.problem or swept.told}" if swept.problem or swept.told else ""
        sys.stdout.write(visible(f"{swept.server} project {swept.project}: {found}{trouble}") + "\n")
    for unknown in report.unknown:
        sys.stdout.write(visible(f"{unknown.server}: {unknown.problem}") + "\n")
    if not report.projects and not report.unknown:
        sys.stdout.write("No project was pushed to these servers yet.\n")
    sys.stdout.write(f"{report.dealt_with} tasks dealt with, {report.left} left.\n")
    sys.stdout.write(f"{_verdicts(report.subjects)}, {report.subjects_left} left.\n")
    is_left = report.left or report.subjects_left
    is_wrong = is_left or report.unknown or any(swept.problem for swept in report.projects)
    raise typer.Exit(WRONG if is_wrong else 0)


def _verdicts(subjects: Mapping[str, int]) -> str:
    """Count verdicts by what they are on."""
    from guidelint.validation.rule.subject import several  # noqa: PLC0415 - keeps --help fast
    from guidelint.validation.rule.wording import both  # noqa: PLC0415

    listed = both(f"{count} {kind if count == 1 else several(kind)}" for kind, count in sorted(subjects.items()))
    count = sum(subjects.values())
    return f"{count} new verdict{'s'[count == 1 :]} above single annotations{f' ({listed})' if listed else ''}"


def _on_stderr(sentence: str) -> None:
    """Tell of progress where it does not mix with the report."""
    sys.stderr.write(visible(sentence) + "\n")
    sys.stderr.flush()
