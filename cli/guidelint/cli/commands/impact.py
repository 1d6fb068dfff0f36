"""``guidelint impact``: which stored work changes its verdict under another version of a guideline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.options.compared_format import ComparedFormat
from guidelint.cli.options.credential_files import TokenFile, whole_path
from guidelint.cli.options.image_options import Facts, Images, whole_places
from guidelint.cli.options.of_guidelines import guideline_argument
from guidelint.cli.options.renamed import Renamed
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.impact.impact import Impact
    from guidelint.validation.judging.plan import Plan


def command(
    old: Annotated[
        str,
        guideline_argument(
            "OLD", "Guideline that the work was done under: YAML file, name@version of the library, or plan."
        ),
    ],
    rest: Annotated[
        list[str],
        typer.Argument(
            metavar="[NEW] FILE...",
            help="The later version, unless --set tells it, then files and folders of work. Or addresses of projects"
            " that are under way, such as http://localhost:8080/projects/7: the store knows the versions before.",
            show_default=False,
        ),
    ],
    *,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            envvar="GUIDELINT_IMPACT_SET",
            metavar="PATH=VALUE",
            help="In place of NEW: OLD with a value moved, e.g. classes.nodule.rules.diameter-limits.longest_min_mm=4.",
        ),
    ] = None,
    facts: Facts = None,
    images: Images = None,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="Of projects: SQLite file, or a postgresql:// URL, as for serve.")
    ] = DEFAULT_STORE,
    token_file: TokenFile = None,
    renamed: Renamed = False,
    format_: Annotated[
        ComparedFormat, typer.Option("--format", "-f", envvar="GUIDELINT_IMPACT_FORMAT", help="How it is told.")
    ] = ComparedFormat.TEXT,
) -> None:
    """Tell which stored annotations change their verdict under another version, and who must be certified again.

    It is told by what asks for the change, by class, annotator and file or project. Rules that both versions share are
    judged once, unless the versions read or measure work differently. Nothing is written anywhere.

    Of a project that is under way, only the later version is named: each annotation is compared with its verdict under
    the version that it was handed in under, version by version.

    Exit status 0: it was told. 2: a guideline, a file or a project cannot be read.
    """
    from guidelint.cli.refusals import refusals, refused  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.render.of_impact.as_json import as_json, versions_as_json  # noqa: PLC0415
    from guidelint.cli.render.of_impact.as_markdown import as_markdown  # noqa: PLC0415
    from guidelint.service.versions.project_address import is_address  # noqa: PLC0415

    named = [one for one in rest if is_address(one)]
    if not named and not set_ and len(rest) < 2:  # noqa: PLR2004 - a version and a file
        raise refused("name the later version and a file of work, or move a value: --set PATH=VALUE")
    if named and len(named) < len(rest):
        raise refused(
            "of projects only the later version is named, before their addresses: by which version each annotation is"
            " judged now, the store says"
        )
    with refusals():
        if named:
            given = whole_path(facts), whole_places(images)
            each = _of_projects(_plan(old, set_), named, store, token_file, given=given)
            told = versions_as_json(each) if format_ == ComparedFormat.JSON else "\n".join(map(as_markdown, each))
        else:
            found = _of_files(old, rest, set_, facts, images or (), renamed=renamed)
            told = as_json(found) if format_ == ComparedFormat.JSON else as_markdown(found)
    sys.stdout.write(told)


def _plan(guideline: str, values: Sequence[str] | None) -> Plan:
    from guidelint.checking.asked.chosen_plan import chosen_plan  # noqa: PLC0415 - keeps --help fast
    from guidelint.checking.impact.what_if import plan_with  # noqa: PLC0415

    return plan_with(guideline, values) if values else chosen_plan(guideline)


def _of_files(
    old: str,
    rest: Sequence[str],
    values: Sequence[str] | None,
    facts: Path | None,
    images: Sequence[str],
    *,
    renamed: bool,
) -> Impact:
    from guidelint.checking.impact.of_files import impact_on_files  # noqa: PLC0415 - keeps --help fast
    from guidelint.checking.supplied import supplied  # noqa: PLC0415
    from guidelint.language.versions.one_guideline import of_one_guideline  # noqa: PLC0415

    later, files = (_plan(old, values), rest) if values else (_plan(rest[0], None), rest[1:])
    earlier = _plan(old, None)
    of_one_guideline(earlier.guideline.name, later.guideline.name, renamed=renamed)
    return impact_on_files(earlier, later, files, supplied(facts, tuple(images)).given)


def _of_projects(
    later: Plan, named: Sequence[str], store: str, token_file: Path | None, *, given: tuple[str, tuple[str, ...]]
) -> Sequence[Impact]:
    from guidelint.cli.extras import need_extra  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.refusals import refused  # noqa: PLC0415

    need_extra("service", "impact on projects that are under way")
    from guidelint.service.settings import SettingsError  # noqa: PLC0415
    from guidelint.service.versions.impact import impact_on_projects  # noqa: PLC0415 - needs the extra
    from guidelint.service.versions.project_address import project_at  # noqa: PLC0415
    from guidelint.service.versions.project_settings import settings_for  # noqa: PLC0415

    projects = [project_at(one) for one in named]
    try:
        settings = settings_for(projects, store, token_file, *given)
    except SettingsError as error:
        raise refused(str(error)) from error
    return impact_on_projects(later, projects, settings)
