"""What ``guidelint check`` does: a delivery judged record by record, shown as it comes, and counted."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from guidelint.checking.asked.adjustment import AdjustmentError, adjustment, differences_of, each_adjusted
from guidelint.checking.asked.by import By
from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.checking.baselines_of_run import baselines
from guidelint.checking.checked import Checked
from guidelint.checking.counting.totals import Totals
from guidelint.checking.delivery import Delivery
from guidelint.checking.exam.passed import known_qualifications
from guidelint.checking.guidelines.alike import refuse_alike
from guidelint.checking.image_places import Reach
from guidelint.checking.input.formats import decoders, searched_for
from guidelint.checking.input.inputs import inputs
from guidelint.checking.record import is_shown
from guidelint.checking.supplied import legend_at, supplied
from guidelint.cli.delivery.cap import Cap
from guidelint.cli.delivery.expected import expected
from guidelint.cli.delivery.judge_on_engine import judge_on_engine, objects_among, refuse_unless_for_tables
from guidelint.cli.delivery.show_by_several import show_by_several
from guidelint.cli.delivery.showing import Look
from guidelint.cli.options.configuration import configuration_file
from guidelint.cli.output import folder_for_tables, opened
from guidelint.cli.progress import progress
from guidelint.cli.refusals import refusals, refused
from guidelint.cli.render.format import FOR_FOLDERS, SHOWS_PLACES, SHOWS_TOTALS, Format, renderer
from guidelint.cli.render.renderer import Sheet
from guidelint.cli.render.summary.baseline_text import compared
from guidelint.cli.render.summary.totals_text import differences, totals_text
from guidelint.cli.render.terminal.ink import Ink, colourful
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.streams import tell
from guidelint.labelstudio.connection.address import normal_address
from guidelint.language.text.suggest import did_you_mean
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.language.text.problem import GuidelineProblems


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for on the command line."""

    guideline: str
    also: tuple[str, ...]
    files: tuple[str, ...]
    from_: str
    format: Format
    output: Path | None
    quiet: bool
    server: str
    max_task_mib: int
    allow_empty: bool
    expect: str
    complete: bool
    token_file: Path | None
    baseline: Path | None
    write_baseline: Path | None
    schema: bool
    max_findings: int | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    levels: tuple[str, ...]
    classes: tuple[str, ...]
    annotators: tuple[str, ...]
    tasks: tuple[str, ...]
    jobs: int = 1
    engine: str = ""
    facts: Path | None = None
    qualifications: Path | None = None
    images: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    legend: Path | None = None


def check(asked: Asked) -> int:
    """Judge, show and count; give the exit status. Raises typer.Exit when it cannot begin."""
    every = _every(asked)
    runs = [by.run for by in every]
    plans = [run.plan for run in runs]
    address = _address(asked.server)
    _refuse_unknown_format(asked.from_)
    expectation = expected(asked.expect, asked.token_file, complete=asked.complete)
    files, objects = list(asked.files), list["Source"]()
    if asked.engine:
        refuse_unless_for_tables(asked.format, asked.output, asked.max_findings, asked.jobs)
        files, objects = objects_among(asked.files)
    given = inputs(files, searched_for(asked.from_))
    given = replace(given, sources=(*given.sources, *objects))
    with refusals():
        images = supplied(asked.facts, asked.images, Reach(asked.inside, asked.token_file))
        legend = legend_at(asked.legend)
    _tell(visible(run.plan.outdated) for run in runs if run.plan.outdated)
    if not asked.quiet:
        _tell(visible(note) for note in (*given.notes, *images.notes))
    others = (asked.token_file, configuration_file(), asked.facts, asked.legend, asked.qualifications)
    read = (
        Path(asked.guideline),
        *map(Path, asked.also),
        Path(asked.expect),
        *(path for path in others if path),
        *given.paths,
    )
    with refusals():
        beside = baselines(asked.baseline, asked.write_baseline, runs, (*read, asked.output))
    _tell(visible(note) for note in beside.notes)
    totals = Totals(asked.allow_empty, expectation, asked.complete, differences_of(runs), beside.comparison)
    totals.by_class.several = len(runs) > 1
    images.to_be_counted(totals)
    totals.legend = legend.name if legend else ""
    known = (path for path in (asked.baseline, asked.write_baseline) if path)
    with ExitStack() as ending:
        is_for_folder = asked.format in FOR_FOLDERS
        folder = ending.enter_context(folder_for_tables(asked.output)) if is_for_folder else Path()
        out = ending.enter_context(opened(None if is_for_folder else asked.output, (*read, *known)))
        ending.enter_context(refusals())
        rewritable = asked.output is not None and out.seekable()
        colour = asked.output is None and colourful(out)
        width = get_terminal_size().columns if asked.output is None and out.isatty() else 0
        sheet = Sheet(out, plans[0], colour, asked.quiet, address, rewritable, beside.comparison is not None, width)
        sheet = replace(sheet, folder=folder, ending=ending, also=tuple(plans[1:]))
        delivery = Delivery(plans[0], given.sources, asked.max_task_mib * 2**20, run=runs[0], format_name=asked.from_)
        delivery.given, delivery.legend = images.given, legend
        delivery.broken, delivery.also = every[0].broken, every[1:]
        _show(Checked(delivery, beside, totals), sheet, asked, given.sources)
    if not asked.quiet and (asked.output is not None or asked.format not in SHOWS_TOTALS):
        tell(totals_text(totals, plans, Ink(colourful(sys.stderr))))
    if asked.quiet:
        _tell((*differences(totals), *compared(totals.comparison, Ink(colour=False)), *map(visible, totals.concerns)))
    with refusals():
        _tell(visible(line) for line in beside.write(totals))
    return totals.status


def _every(asked: Asked) -> tuple[By, ...]:
    """Find all guidelines that the delivery is judged by, the first before the others. Raises typer.Exit."""
    named = (asked.guideline, *asked.also)
    with refusals():
        plans = [chosen_plan(name, partial(_warn, name, asked)) for name in named]
        refuse_alike(plans)
        passed = known_qualifications(asked.qualifications)
    try:
        told = adjustment(
            select=asked.select,
            ignore=asked.ignore,
            levels=asked.levels,
            classes=asked.classes,
            annotators=asked.annotators,
            tasks=asked.tasks,
        )
        runs = each_adjusted(plans, told, catalogue())
    except AdjustmentError as error:
        raise refused(str(error)) from error
    runs = tuple(replace(run, qualifications=passed) for run in runs)
    return tuple(By(run, _broken(name, asked)) for name, run in zip(named, runs, strict=True))


def _broken(guideline: str, asked: Asked) -> Callable[[bytes], str] | None:
    """Compile the schema that annotations are held against, if that was asked for."""
    if not asked.schema:
        return None
    from guidelint.checking.asked.chosen_schema import chosen_schema  # noqa: PLC0415 - loads jsonschema, which few runs need

    with refusals():
        return chosen_schema(guideline).broken


def _warn(guideline: str, asked: Asked, warnings: GuidelineProblems) -> None:
    """Say that there are warnings about the guideline; its author sees them all when it is compiled."""
    if not asked.quiet:
        _tell([f"{warnings.filename}: {warnings.count}; `guidelint compile {visible(guideline)}` shows them"])


def _show(checked: Checked, sheet: Sheet, asked: Asked, sources: Sequence[Source]) -> None:
    """Show each record as it comes, so that a run that is killed leaves what it found."""
    page, cap = renderer(asked.format, sheet), Cap(asked.max_findings)
    checked.delivery.places = asked.format in SHOWS_PLACES
    with progress(sources, wanted=not sheet.quiet) as checked.delivery.on_bytes:
        if asked.engine:
            judge_on_engine(checked, Look.of(asked.format, sheet), asked.engine, sheet.folder)
            return
        page.begin()
        if asked.jobs != 1:
            look = Look.of(asked.format, sheet)
            show_by_several(checked, page, look, sheet.out, jobs=asked.jobs, most=asked.max_findings)
            page.end(checked.totals)
            return
        for record in checked.records():
            if is_shown(record) and (shown := cap.cut(record, sheet)) is not None:
                page.show(shown)
                sheet.out.flush()
        checked.totals.not_shown = cap.held_back
        page.end(checked.totals)


def _refuse_unknown_format(name: str) -> None:
    """Say which formats there are. Raises typer.Exit."""
    if name and name not in decoders():
        raise refused(f"--from: there is no format `{name}`. {did_you_mean(name, decoders())}")


def _address(server: str) -> str:
    try:
        return normal_address(server) if server.strip() else ""
    except ValueError as error:
        raise refused(f"--server: {error}") from error


def _tell(lines: Iterable[str]) -> None:
    tell("".join(f"guidelint: {line}\n" for line in lines))
