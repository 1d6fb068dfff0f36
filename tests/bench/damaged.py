"""Damaged guidelines: none breaks the program, and each is told soon and in little memory.

`python -m tests.bench.damaged` tries 2,000, `--number 100000` as many; status 1 where one takes more than it may.
Processor time in a process that has read a guideline before; of memory, what is held at most beside that.
"""

from __future__ import annotations

import argparse
import random
import sys
import tracemalloc
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Final

from tests.bench.language_figures import keep
from tests.language.damage import damaged, moved
from tests.language.mistakes import SOUND
from tests.language.test_speed import text_of

from guidelint.language.library import holdings
from guidelint.language.load import loaded
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.text.problem_text import report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_S: Final = 0.2
MOST_MB: Final = 64
CLASSES: Final = 50
MEASURED: Final = 100
"""One of so many is read again with its memory measured, and the slowest are."""
SLOWEST: Final = 20
_MIB: Final = 1024 * 1024


@dataclass(frozen=True)
class Told:
    """A damaged text, and what it took to say what is wrong with it."""

    text: str
    cpu_s: float


def corpus() -> list[str]:
    """Give what is damaged: the library, a short guideline, and one of fifty classes."""
    return [SOUND, text_of(CLASSES), *(item.text for item in holdings())]


def texts(number: int, seed: int) -> Iterator[str]:
    """Yield damaged guidelines, the same for the same seed."""
    chance, whole = random.Random(seed), corpus()
    for _ in range(number):
        damage = chance.choice([damaged, damaged, moved])
        yield damage(chance.choice(whole), chance)


def tell(text: str) -> str:
    """Say what is wrong or unwise about a text; whatever else is raised ends the run."""
    try:
        return report(loaded(text, notes=True).warnings)
    except GuidelineProblems as found:
        return report(found)


def timed(text: str) -> Told:
    """Tell of a text; the shorter of two times, where the first is long: something else may have held the core."""
    began = process_time()
    tell(text)
    took = process_time() - began
    if took > MOST_S / 2:
        began = process_time()
        tell(text)
        took = min(took, process_time() - began)
    return Told(text, took)


def held_mb(sample: Sequence[str]) -> float:
    """Most that is held while one of some texts is told."""
    most = 0
    tracemalloc.start()
    for text in sample:
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        tell(text)
        most = max(most, tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    return most / _MIB


def main() -> int:
    """Damage, tell and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.damaged", description=__doc__)
    parser.add_argument("--number", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/benchmarks.md")
    asked = parser.parse_args()
    for text in corpus() * 2:
        tell(text)
    slowest: list[Told] = []
    sample: list[str] = []
    times: list[float] = []
    for at, text in enumerate(texts(asked.number, asked.seed)):
        told = timed(text)
        times.append(told.cpu_s)
        slowest = sorted([*slowest, told], key=lambda one: one.cpu_s)[-SLOWEST:]
        if at % MEASURED == 0:
            sample.append(text)
    longest, middle, over = max(times), median(times), sum(took > MOST_S for took in times)
    memory = held_mb([*sample, *(one.text for one in slowest)])
    print(f"{len(times):,} damaged guidelines: half within {middle * 1e3:.1f} ms, all within {longest * 1e3:.0f} ms")
    print(f"{over} above {MOST_S * 1e3:.0f} ms; at most {memory:.1f} MB held, of those that were measured")
    if asked.keep:
        keep("damaged", number=len(times), median_ms=middle * 1e3, slowest_ms=longest * 1e3, held_mb=memory)
    return int(over > 0 or memory > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
