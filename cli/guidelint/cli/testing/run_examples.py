"""Examples of guidelines run one after the other; what is told of them, on the screen or in a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.checking.examples.run import Runner
from guidelint.cli.output import opened
from guidelint.cli.refusals import found_loaded, refusals, refused
from guidelint.cli.render.of_guidelines.format import ENDS_IN_TOTALS, LintFormat, page
from guidelint.cli.render.of_guidelines.totals import totals
from guidelint.cli.render.terminal.ink import colourful
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.streams import tell
from guidelint.cli.testing.inherited import accepted_here, base_of
from guidelint.cli.testing.of_one import OfOne
from guidelint.cli.testing.tested import Tested
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.folder import Folder, folder_for
from guidelint.language.examples.read import examples_in
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.checking.examples.run import Ran


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for on the command line."""

    guidelines: tuple[str, ...]
    only: tuple[str, ...] = ()
    """Examples to run, by name; none: all."""
    format: LintFormat = LintFormat.FULL
    output: Path | None = None
    quiet: bool = False
    allow_empty: bool = False
    mutate: bool = False
    least_noticed: float = 0.95
    """Share of the small changes of a guideline that an example must notice."""


def test(asked: Asked) -> int:
    """Run, compare and show; give the exit status. Raises typer.Exit when it cannot begin."""
    every = [_run(one, asked) for one in dict.fromkeys(asked.guidelines)]
    noticing = [one.noticing for one in every if one.noticing is not None]
    tested = Tested(
        tuple(file for one in every for file in one.files),
        quiet=asked.quiet,
        of=len(every),
        examples=sum(len(one.chosen) for one in every),
        may_be_empty=asked.allow_empty,
        tried=sum(one.tried for one in noticing),
        unnoticed=sum(len(one.unnoticed) for one in noticing),
        is_weak=any(one.share < asked.least_noticed for one in noticing),
    )
    with opened(asked.output, map(Path, asked.guidelines)) as out:
        out.write(page(asked.format, tested, colour=asked.output is None and colourful(out)))
    if not asked.quiet and (asked.output is not None or asked.format not in ENDS_IN_TOTALS):
        sys.stdout.flush()
        tell(totals(tested))
    return tested.status


def examples_of(guideline: str, only: tuple[str, ...] = ()) -> OfOne:
    """Read a guideline with its examples. Raises typer.Exit where it cannot be read."""
    read, rules = found_loaded(guideline), catalogue()
    folder = _folder(guideline)
    plan = compile_plan(read.guideline, rules)
    with refusals():
        examples = examples_in(folder, read.guideline, plan, rules)
    chosen = tuple(one for one in examples.found if not only or one.name in only)
    return OfOne(Runner(read.guideline, plan, folder), read, chosen, [*examples.wrong])


def _run(guideline: str, asked: Asked) -> OfOne:
    """Run the examples of a guideline."""
    one = examples_of(guideline, asked.only)
    if not one.chosen and not one.files:
        where = one.runner.folder.path
        tell(f"guidelint: {visible(f'{guideline} has no examples to run: {where} is where they lie')}\n")
    one.files += _by_file(one.ran)
    if base := base_of(guideline, one):
        one.files += accepted_here(examples_of(base), one.runner.plan)
    if asked.mutate:
        from guidelint.cli.testing.mutating import unnoticed  # noqa: PLC0415 - only when asked for

        one.noticing, told = unnoticed(one.runner, one.as_expected, one.read)
        one.files.append(told)
    return one


def _by_file(ran: Iterable[Ran]) -> Iterator[GuidelineProblems]:
    """Give what is told of each file."""
    files: dict[str, list[Ran]] = {}
    for one in ran:
        files.setdefault(one.found.source.filename, []).append(one)
    for filename, of_file in files.items():
        problems = [problem for one in of_file for problem in one.problems]
        yield GuidelineProblems(problems, of_file[0].found.source.text, filename)


def _folder(guideline: str) -> Folder:
    folder = folder_for(guideline)
    if folder is None:
        raise refused(f"{guideline} lies in a packed package, where no examples are found. Unpack it")
    return folder
