"""What `guidelint impact` costs, against one `guidelint check` of the same file: python -m tests.bench.impact.

Prints processor time and the ratio: where one limit of one class differs, where four do, and where the versions measure
otherwise, so that all is judged twice.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.exports import GUIDELINE, Export, write_export

from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.checking.delivery import Delivery
from guidelint.checking.impact.of_files import impact_on_files
from guidelint.checking.impact.what_if import plan_with
from guidelint.checking.input.inputs import inputs
from guidelint.geometry.kernels.choice import load as load_kernels

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.validation.judging.plan import Plan

LIMIT = "classes.lesion.rules.area-limits.min_mm2"
MOVED = {
    "one limit": [f"{LIMIT}=60"],
    "four limits": [
        f"{LIMIT}=60",
        "classes.organ.rules.area-limits.min_mm2=6000",
        "classes.lesion.rules.diameter-limits.longest_max_mm=50",
        "classes.lesion.rules.simple-outline.level=warning",
    ],
    "a border": ["classes.organ.border=outer"],
}


def main() -> None:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3, help="the least of so many counts")
    asked = parser.parse_args()
    load_kernels()
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.json"
        write_export(export, Export(tasks=asked.tasks))
        old = chosen_plan(str(GUIDELINE))
        once = _least(lambda: _checked(old, export), asked.rounds)
        print(f"one check of {3 * asked.tasks} annotations: {once:.2f} s of CPU")
        for name, values in MOVED.items():
            new = plan_with(str(GUIDELINE), values)
            both = _least(lambda new=new: impact_on_files(old, new, [str(export)]), asked.rounds)  # type: ignore[misc]
            print(f"impact, {name} moved: {both:.2f} s, {both / once:.2f} x")


def _checked(plan: Plan, export: Path) -> int:
    return sum(1 for _ in Delivery(plan, inputs([str(export)]).sources).records())


def _least(run: Callable[[], object], rounds: int) -> float:
    measured: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        run()
        measured.append(time.process_time() - began)
    return min(measured)


if __name__ == "__main__":
    main()
