"""Time and memory of hostile files of every format, 1 MiB each: ``python -m tests.bench.hostile_formats``.

Ends with 1 when one takes more than 2 s of the processor or 256 MB, each in a process of its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.annotation.hostile_formats import FILES, GUIDELINE

MOST_S, MOST_MB = 2.0, 256


def decided(name: str) -> str:
    """Judge one file in this process, and tell what it cost."""
    from guidelint.checking.delivery import Delivery  # noqa: PLC0415 - after the limit of nothing: a process of its own
    from guidelint.checking.record import Judged  # noqa: PLC0415
    from guidelint.language.compile.plan import compile_plan  # noqa: PLC0415
    from guidelint.language.load import load  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415

    plan = compile_plan(load(GUIDELINE), catalogue())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "hostile")
        path.write_bytes(FILES[name]())
        before = time.process_time()
        records = list(Delivery(plan, [path]).records())
        spent = time.process_time() - before
    accepted = sum(isinstance(one, Judged) and one.verdict.decision == "accepted" for one in records)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return f"{spent:.2f} {peak:.0f} {accepted}"


def main() -> int:
    """Try all, and tell each."""
    if sys.argv[1:]:
        print(decided(sys.argv[1]))
        return 0
    failed = False
    for name in FILES:
        done = subprocess.run(  # noqa: S603 - this module itself
            [sys.executable, "-m", "tests.bench.hostile_formats", name], capture_output=True, text=True, check=True
        )
        seconds, peak, accepted = map(float, done.stdout.split())
        bad = seconds > MOST_S or peak > MOST_MB or accepted > 0
        failed = failed or bad
        print(f"{seconds:6.2f} s {peak:6.0f} MB  accepted {accepted:.0f}  {name}{'  TOO MUCH' * bad}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
