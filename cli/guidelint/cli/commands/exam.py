"""``guidelint exam``: the items of an exam, and what came of it."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from guidelint.cli.options.of_guidelines import guideline_argument
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE

if TYPE_CHECKING:
    from guidelint.checking.exam.result import Result


class Action(StrEnum):
    """What to do with an exam."""

    ITEMS = "items"
    GRADE = "grade"
    RESULTS = "results"


class Written(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def command(
    action: Annotated[
        Action,
        typer.Argument(
            help="items: list what can be drawn. grade: tell who has passed, from exports of its project. results: tell"
            " it from the store of `guidelint serve`."
        ),
    ],
    guideline: Annotated[str, guideline_argument("GUIDELINE", "A YAML file, beside which its examples lie.")],
    exports: Annotated[
        list[Path] | None,
        typer.Argument(metavar="EXPORT", help="JSON exports of the project of an exam.", show_default=False),
    ] = None,
    *,
    role: Annotated[str, typer.Option(metavar="ROLE", help="Whose exam, where the guideline asks for several.")] = "",
    earlier: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Results of exams before this one (JSON), which count as attempts."),
    ] = None,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="For results: the store of `guidelint serve`.")
    ] = DEFAULT_STORE,
    format_: Annotated[
        Written,
        typer.Option("--format", "-f", envvar="GUIDELINT_EXAM_FORMAT", help="json and csv are for --qualifications."),
    ] = Written.TEXT,
) -> None:
    """List the items of an exam, or grade it: who has passed, for which classes, until when, and why not.

    Every item that somebody handed in is judged by the rules of the guideline and held against the example that it is.
    Nothing of the tasks is taken but which item they are; an item whose example was changed since is not graded. The
    same comes out as in the service.

    Exit status 0: it was told; for grade and results, everybody passed. 1: somebody has not passed, or too few items
    can be drawn. 2: the guideline or a file is not what it should be.
    """
    from guidelint.checking.exam.exam import exam_of_text  # noqa: PLC0415 - keeps --help fast
    from guidelint.checking.exam.of_export import results_of  # noqa: PLC0415
    from guidelint.checking.exam.written import results_in  # noqa: PLC0415
    from guidelint.cli.extras import need_extra  # noqa: PLC0415
    from guidelint.cli.refusals import found_loaded, refusals, refused  # noqa: PLC0415
    from guidelint.cli.render.of_exam.page import items_page  # noqa: PLC0415
    from guidelint.language.examples.folder import folder_for  # noqa: PLC0415

    read = found_loaded(guideline)
    if action == Action.RESULTS:
        need_extra("service", "the store of the service")
        from guidelint.cli.exams.kept_results import kept_results  # noqa: PLC0415 - needs the extra `service`

        _write(kept_results(store, read.guideline.name, role), format_)
    with refusals():
        exam = exam_of_text(read, folder_for(guideline), role)
        if action == Action.ITEMS:
            sys.stdout.write(items_page(exam))
            raise typer.Exit(len(exam.pictures) < exam.asked.tasks)
        if not exports:
            raise refused("nothing is given to be graded. Name an export: guidelint exam grade GUIDELINE EXPORT")
        found = results_of(exam, exports, results_in(earlier) if earlier else ())
    _write(found, format_)


def _write(found: tuple[Result, ...], written: Written) -> NoReturn:
    """Write results; raises typer.Exit with the status."""
    from guidelint.checking.exam.written import as_csv, as_json  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.render.of_exam.page import page  # noqa: PLC0415

    match written:
        case Written.JSON:
            sys.stdout.write(as_json(found))
        case Written.CSV:
            sys.stdout.write(as_csv(found))
        case Written.TEXT:
            sys.stdout.write(page(found))
    raise typer.Exit(any(one.outcome != "passed" for one in found))
