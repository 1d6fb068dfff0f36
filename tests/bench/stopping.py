"""How long the service takes to end: ``python -m tests.bench.stopping [RUNS]`` from the root of the repository.

Each time it is in the middle of judging a submission that Label Studio does not give out, while somebody is half-way
through a delivery. Ended by SIGTERM to the receiver; then by SIGKILL, which the judging process must notice by itself.
"""

from __future__ import annotations

import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.service.processes import wait_for_end
from tests.service.test_stopping import half_a_delivery, judging

RUNS = 5


def seconds_to_end(number: signal.Signals) -> float:
    """From the signal until neither process is there any more."""
    with tempfile.TemporaryDirectory() as folder, judging(Path(folder)) as (bench, _, _):
        process, judge = bench.service.process, bench.service.judging_process()
        if process is None or judge is None:
            raise RuntimeError("the service does not run")
        with half_a_delivery(bench):
            began = time.perf_counter()
            process.send_signal(number)
            process.wait()
            wait_for_end(judge)
            return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    for number in (signal.SIGTERM, signal.SIGKILL):
        seconds = [seconds_to_end(number) for _ in range(runs)]
        median, worst = statistics.median(seconds), max(seconds)
        sys.stdout.write(f"{number.name:<8} {runs} runs   median {median:5.2f} s   worst {worst:5.2f} s\n")


if __name__ == "__main__":
    main()
