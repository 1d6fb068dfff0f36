"""Examples of guidelines run one after the other; what is told of them, on the screen or in a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.checking.examples.run import Runner
from guidelint.cli.output import opened
from guidelint.cli.refusals import found, refused
from guidelint.cli.render.of_guidelines.format import ENDS_IN_TOTALS, LintFormat, page
from guidelint.cli.render.of_guidelines.totals import totals
from guidelint.cli.render.terminal.ink import colourful
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.streams import tell
from guidelint.cli.testing.tested import Tested
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.folder import ExamplesError, Folder, folder_for
from guidelint.language.examples.read import examples_in
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.language.examples.read import Found


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


@dataclass(slots=True)
class _OfOne:
    """What came of the examples of one guideline."""

    files: list[GuidelineProblems]
    run: int = 0


def test(asked: Asked) -> int:
    """Run, compare and show; give the exit status. Raises typer.Exit when it cannot begin."""
    named = tuple(dict.fromkeys(asked.guidelines))
    every = [_of(one, asked) for one in named]
    tested = Tested(
        tuple(file for one in every for file in one.files),
        quiet=asked.quiet,
        of=len(every),
        examples=sum(one.run for one in every),
        may_be_empty=asked.allow_empty,
    )
    with opened(asked.output, map(Path, asked.guidelines)) as out:
        out.write(page(asked.format, tested, colour=asked.output is None and colourful(out)))
    if not asked.quiet and (asked.output is not None or asked.format not in ENDS_IN_TOTALS):
        sys.stdout.flush()
        tell(totals(tested))
    return tested.status


def _of(guideline: str, asked: Asked) -> _OfOne:
    """Run the examples of a guideline. Raises typer.Exit where it cannot be read."""
    read, rules = found(guideline), catalogue()
    folder = _folder(guideline)
    plan = compile_plan(read, rules)
    try:
        examples = examples_in(folder, read, plan, rules)
    except ExamplesError as error:
        raise refused(str(error)) from error
    chosen = tuple(one for one in examples.found if not asked.only or one.name in asked.only)
    if not chosen and not examples.wrong:
        tell(f"guidelint: {visible(f'{guideline} has no examples to run: {folder.path} is where they lie')}\n")
    return _OfOne([*examples.wrong, *_by_file(Runner(read, plan, folder), chosen)], len(chosen))


def _by_file(runner: Runner, chosen: Iterable[Found]) -> Iterator[GuidelineProblems]:
    """Give what is told of each file."""
    files: dict[str, list[Found]] = {}
    for one in chosen:
        files.setdefault(one.source.filename, []).append(one)
    for filename, of_file in files.items():
        problems = [problem for one in of_file for problem in runner.problems(one)]
        yield GuidelineProblems(problems, of_file[0].source.text, filename)


def _folder(guideline: str) -> Folder:
    folder = folder_for(guideline)
    if folder is None:
        raise refused(f"{guideline} lies in a packed package, where no examples are found. Unpack it")
    return folder
