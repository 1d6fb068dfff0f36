"""``guidelint migrate``: stored work under the names of another version."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.options.credential_files import TokenFile
from guidelint.cli.options.of_guidelines import guideline_argument
from guidelint.cli.options.renamed import Renamed
from guidelint.cli.options.text_or_json import TextOrJson
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.labelstudio.migrating.of_file import Migrated
    from guidelint.language.form.guideline import Guideline


def command(
    old: Annotated[
        str,
        guideline_argument("OLD", "Version that the work was done under: YAML file, or name@version of the library."),
    ],
    new: Annotated[
        str,
        guideline_argument("NEW", "The later version."),
    ],
    work: Annotated[
        list[str],
        typer.Argument(
            metavar="EXPORT",
            help="Label Studio JSON export. Or addresses of projects, such as http://localhost:8080/projects/7, whose"
            " work is changed there.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where the mapped export is written.")
    ] = None,
    back: Annotated[bool, typer.Option("--back", help="The other way: work under NEW becomes work under OLD.")] = False,
    renamed: Renamed = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Of projects: change nothing, only tell what would be.")
    ] = False,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="Of projects: SQLite file, or a postgresql:// URL, as for serve.")
    ] = DEFAULT_STORE,
    token_file: TokenFile = None,
    format_: Annotated[
        TextOrJson, typer.Option("--format", "-f", envvar="GUIDELINT_MIGRATE_FORMAT", help="How it is told.")
    ] = TextOrJson.TEXT,
) -> None:
    """Write stored work under the names of another version: classes, questions and options that are renamed or merged.

    What became of a name the later version says itself: it lists the old key, or the old title, among its `aliases`. A
    name that has no successor, such as a class that was split, stays as it is, and is listed with what there is to
    choose from: somebody must do it again, and `guidelint check` returns it until then. Nothing is lost or guessed.

    A running project follows the later version from then on, and its annotations are changed in Label Studio itself;
    what each was is kept in the store, and --back gives it back. Broken off, it goes on when it is run again.

    Exit status 0: everything is mapped. 1: something must be done again, or some of several projects could not be
    moved. 2: a file or project cannot be read.
    """
    from guidelint.cli.refusals import refusals, refused  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.render.of_versions.migrated import as_json, as_text, projects_as_json  # noqa: PLC0415
    from guidelint.labelstudio.migrating.of_file import migrate_file  # noqa: PLC0415
    from guidelint.language.library import find  # noqa: PLC0415
    from guidelint.language.versions.one_guideline import of_one_guideline  # noqa: PLC0415
    from guidelint.service.versions.project_address import is_address  # noqa: PLC0415

    named = [one for one in work if is_address(one)]
    if named and (output is not None or len(named) < len(work)):
        raise refused(
            "the work of a running project is changed there: name addresses of projects alone, and no --output"
        )
    if not named and (output is None or len(work) > 1 or dry_run):
        raise refused("name one export, and with --output where it is written; --dry-run is of running projects")
    with refusals():
        earlier, later = find(old), find(new)
        of_one_guideline(earlier.name, later.name, renamed=renamed)
        if output is not None:
            made = migrate_file(earlier, later, Path(work[0]), output, back=back)
            sys.stdout.write(as_json(made) if format_ == TextOrJson.JSON else as_text(made, str(output)))
            raise typer.Exit(1 if made.redo else 0)
        found, failed = _of_projects(earlier, later, named, store, token_file, back=back, dry_run=dry_run)
    if format_ == TextOrJson.JSON:
        sys.stdout.write(projects_as_json(found, failed))
    else:
        sys.stdout.write("\n".join(as_text(one, where) for where, one in found.items()))
        if dry_run:
            sys.stdout.write("Nothing was changed.\n")
    if failed and not found:
        raise refused("; ".join(failed.values()))
    _tell(failed)
    raise typer.Exit(1 if failed or any(one.redo for one in found.values()) else 0)


def _of_projects(
    old: Guideline,
    new: Guideline,
    named: Sequence[str],
    store: str,
    token_file: Path | None,
    *,
    back: bool,
    dry_run: bool,
) -> tuple[Mapping[str, Migrated], Mapping[str, str]]:
    """Move one project after the other: what became of each, and why some could not be moved."""
    from guidelint.cli.extras import need_extra  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.refusals import refused  # noqa: PLC0415

    need_extra("service", "`guidelint migrate` of running projects")
    from guidelint.cli.projects.migrating import Migrating  # noqa: PLC0415 - needs the extra
    from guidelint.cli.store_at import opened  # noqa: PLC0415
    from guidelint.service.settings import SettingsError, tokens_from  # noqa: PLC0415
    from guidelint.service.versions.project_address import project_at, servers_of  # noqa: PLC0415

    projects = [project_at(one) for one in dict.fromkeys(named)]
    try:
        tokens = tokens_from(servers_of(projects), token_file)
    except SettingsError as error:
        raise refused(str(error)) from error
    migrating = Migrating(old, new, opened(store), back=back, writes=not dry_run)
    try:
        return migrating.move_all(projects, tokens)
    finally:
        migrating.store.dispose()


def _tell(failed: Mapping[str, str]) -> None:
    from guidelint.cli.render.terminal.visible import visible  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.streams import tell  # noqa: PLC0415

    tell("".join(f"guidelint: {visible(f'{where}: {why}')}\n" for where, why in failed.items()))
