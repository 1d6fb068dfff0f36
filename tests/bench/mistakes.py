"""Guidelines with mistakes, and what a writer is told of each: how many messages, where, what and what to do.

`python -m tests.bench.mistakes` takes the mistakes of the tests; with folders or files, each of theirs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.language.mistakes import HANDED, problems
from tests.language.mistakes_of_text import MORE

from guidelint.language.library import source
from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem


def of_file(path: Path) -> tuple[Problem, ...]:
    """List what is told of a file."""
    try:
        text, _ = source(str(path))
    except GuidelineProblems as found:
        return found.problems
    return problems(text)


def of_tests() -> Iterator[str]:
    """Yield a row for every mistake of the tests, with what was reached of what a writer needs."""
    yield "| mistake | messages | line | cause | remedy |\n|---|---|---|---|---|"
    for mistake in (*HANDED, *MORE):
        found = problems(mistake.text)
        first = found[0] if found else None
        reached = (
            (first.line == mistake.line, mistake.cause in first.message, mistake.remedy in first.help) if first else ()
        )
        cells = [f"{mistake.line} {_yes(reached[:1])}", f"{mistake.cause} {_yes(reached[1:2])}"]
        cells.append(f"{mistake.remedy} {_yes(reached[2:])}")
        yield f"| {mistake.title} | {len(found)} | {' | '.join(cells)} |"


def of_files(paths: list[Path]) -> Iterator[str]:
    """Yield a row for every file."""
    yield "| file | messages | line | cause | remedy |\n|---|---|---|---|---|"
    for path in paths:
        found = of_file(path)
        first = f"{found[0].line} | {found[0].message} | {found[0].help}" if found else "| silent |"
        yield f"| {path.stem} | {len(found)} | {first} |"


def _yes(reached: tuple[bool, ...]) -> str:
    return "(yes)" if reached and all(reached) else "(NO)"


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    files = [file for path in given for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    sys.stdout.writelines(f"{row}\n" for row in (of_files(files) if given else of_tests()))
