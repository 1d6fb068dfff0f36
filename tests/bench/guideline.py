"""Processor time of a large guideline, loaded and compiled: `python -m tests.bench.guideline`; 1 above 1 s."""

from __future__ import annotations

import sys
from time import process_time

from tests.language.test_speed import text_of

from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue

MOST_S = 1.0
REPETITIONS = 5


def shortest_s(text: str) -> float:
    """Shortest of some repetitions, the first left out."""
    rules = catalogue()
    compile_plan(load(text), rules)
    times: list[float] = []
    for _ in range(REPETITIONS):
        began = process_time()
        compile_plan(load(text), rules)
        times.append(process_time() - began)
    return min(times)


if __name__ == "__main__":
    seconds = shortest_s(text_of(50))
    print(f"50 classes, 50 questions: {seconds * 1000:.0f} ms")
    sys.exit(seconds > MOST_S)
