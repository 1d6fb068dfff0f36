"""What gathering over a large delivery costs in ``check``: python -m tests.bench.gathering [SUBMISSIONS] [RULE ...].

For every rule that gathers: CPU of taking in a submission and its task, of judging all at the end, and memory beyond
what was held before, each rule in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

from tests.bench.handed_in import CLASSES, rules, submission, task_facts
from tests.bench.whole_export import held_mb

from guidelint.checking.kept.kept import Kept
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.fold import Fold, contribution_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.validation.judging.plan import Plan

AT_ONCE = 1000
WARM_UP = 100


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("submissions", type=int, nargs="?", default=100_000)
    parser.add_argument("rules", nargs="*", default=[rule.id() for rule in rules()])
    parser.add_argument("--in-process", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.in_process:
        print(json.dumps(measured(chosen.submissions, chosen.rules[0])))
        return
    print(f"{chosen.submissions} submissions of {len(CLASSES)} regions each")
    print(f"{'':<20}{'take in':>16}{'judge':>10}{'memory':>12}{'of it a region':>18}{'findings':>10}")
    for name in chosen.rules:
        put_s, judge_s, grown_mb, found = _in_process(chosen.submissions, name)
        each_ms, each_bytes = (1000 * put_s, 1e6 * grown_mb / len(CLASSES))
        each_ms, each_bytes = each_ms / chosen.submissions, each_bytes / chosen.submissions
        memory = f"{grown_mb:>9.1f} MB{each_bytes:>12.1f} bytes"
        print(f"{name:<20}{each_ms:>13.3f} ms{judge_s:>8.2f} s{memory}{found:>10.0f}", flush=True)


def _in_process(count: int, name: str) -> Sequence[float]:
    command = [sys.executable, "-m", "tests.bench.gathering", str(count), name, "--in-process"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 - this very module
    return [float(value) for value in json.loads(done.stdout)]


def measured(count: int, name: str) -> tuple[float, float, float, int]:
    """CPU of taking in and of judging, memory in 10⁶ bytes, findings."""
    plan = plan_of(next(rule for rule in rules() if rule.id() == name))
    _work(plan, WARM_UP)
    held = held_mb("VmRSS")
    put_s, judge_s, found = _work(plan, count)
    return put_s, judge_s, held_mb("VmHWM") - held, found


def _work(plan: Plan, count: int) -> tuple[float, float, int]:
    put_s = 0.0
    with closing(Kept(contribution_types(plan))) as kept:
        fold = Fold(plan, kept)
        for numbers in _chunks(count):
            handed = [(submission(number), task_facts(number)) for number in numbers]
            began = time.process_time()
            for one, task in handed:
                fold.add(one)
                fold.add_task(task)
            put_s += time.process_time() - began
        began = time.process_time()
        found = sum(len(verdict.findings) for verdict in fold.verdicts())
        return put_s, time.process_time() - began, found


def _chunks(count: int) -> Iterator[range]:
    yield from (range(begin, min(begin + AT_ONCE, count)) for begin in range(0, count, AT_ONCE))


if __name__ == "__main__":
    main()
