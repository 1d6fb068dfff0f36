"""Processor time of a large guideline: loaded and compiled, and read by a critical colleague.

`python -m tests.bench.guideline`; status 1 above 1 s, or where the colleague takes more than twice as long as loading.
"""

from __future__ import annotations

import argparse
import sys
from time import process_time
from typing import TYPE_CHECKING, Final

from tests.bench.language_figures import keep
from tests.language.test_speed import text_of

from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load, loaded
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

CLASSES: Final = 50
MOST_S: Final = 1.0
MOST_ADDED: Final = 2.0
"""So many times as long as loading, what a colleague adds may take."""
REPETITIONS: Final = 9


def shortest_s(work: Callable[[], object]) -> float:
    """Shortest of some repetitions, the first left out."""
    work()
    times: list[float] = []
    for _ in range(REPETITIONS):
        began = process_time()
        work()
        times.append(process_time() - began)
    return min(times)


def main() -> int:
    """Load, compile and lint."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.guideline", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/benchmarks.md")
    asked = parser.parse_args()
    text, rules = text_of(CLASSES), catalogue()
    compiled = shortest_s(lambda: compile_plan(load(text), rules))
    alone, with_notes = shortest_s(lambda: load(text)), shortest_s(lambda: loaded(text, notes=True))
    added = with_notes / alone - 1
    print(f"{CLASSES} classes, {CLASSES} questions: loaded and compiled in {compiled * 1000:.0f} ms")
    print(f"loaded in {alone * 1000:.0f} ms; lint adds {added:.2f} times that")
    if asked.keep:
        keep("guideline", classes=CLASSES, loaded_ms=alone * 1000, compiled_ms=compiled * 1000, lint_adds=added)
    return int(compiled > MOST_S or added > MOST_ADDED)


if __name__ == "__main__":
    sys.exit(main())
