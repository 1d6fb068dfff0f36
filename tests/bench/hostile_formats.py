"""Time and memory of hostile files of every format, 1 MiB each: ``python -m tests.bench.hostile_formats``.

Ends with 1 when one takes more than 2 s of the processor or 256 MB, each in a process of its own.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.annotation.hostile_dicom import FACTS
from tests.annotation.hostile_dicom import FILES as DICOM
from tests.annotation.hostile_formats import FILES as OF_TEXT
from tests.annotation.hostile_formats import GUIDELINE, MIB
from tests.annotation.hostile_masks import LEGENDS, MASKS, VOLUMES, legend

from guidelint.geometry.kernels.change_over import change_over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_S, MOST_MB = 2.0, 256
FILES: Mapping[str, Callable[[], bytes]] = {**OF_TEXT, **MASKS, **VOLUMES, **LEGENDS, **DICOM}


def laid(name: str, folder: Path) -> Path:
    """Lay a file down, a hostile legend beside a mask, facts beside others, and say which is to be read."""
    made = FILES[name]()
    if len(made) > MIB + 1000:
        raise ValueError(f"{name} is larger than 1 MiB: {len(made):,} bytes")
    if name not in LEGENDS:
        (folder / "hostile").write_bytes(made)
        (folder / "images.csv").write_text(FACTS, encoding="utf-8")
        return folder / "hostile"
    (folder / "legend.txt").write_bytes(made)
    (folder / "mask.png").write_bytes(MASKS["png: noise"]())
    return folder / "mask.png"


def decided(path: Path) -> str:
    """Judge one file in this process, and tell what it cost."""
    from guidelint.checking.counting.totals import Totals  # noqa: PLC0415
    from guidelint.checking.delivery import Delivery  # noqa: PLC0415 - after the limit of nothing: a process of its own
    from guidelint.checking.record import Judged  # noqa: PLC0415
    from guidelint.imaging.given import Given  # noqa: PLC0415
    from guidelint.imaging.supplied.supply import supply  # noqa: PLC0415
    from guidelint.language.compile.plan import compile_plan  # noqa: PLC0415
    from guidelint.language.load import load  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415

    importlib.import_module("nibabel.nifti2")  # what is loaded once is not counted
    plan = compile_plan(load(GUIDELINE), catalogue())
    given = Given() if path.suffix else Given(supply=supply(path.with_name("images.csv")))
    delivery = Delivery(plan, [path], legend=None if path.suffix else legend(), given=given)
    totals, accepted, loading = Totals(), 0, list[float]()
    vars(change_over)["wanted"] = partial(_wanted, change_over.wanted, loading)
    before = time.process_time()
    for record in delivery.records():
        totals.count(record)
        accepted += isinstance(record, Judged) and record.verdict.decision == "accepted"
    spent = time.process_time() - before - sum(loading)
    return f"{spent:.2f} {peak_mb():.0f} {accepted}"


def _wanted(ask: Callable[[], bool], spent: list[float]) -> bool:
    """Ask for the compiled loops, and note what loading them takes: a process does that once, whatever it judges."""
    before = time.process_time()
    is_made = ask()
    spent.append(time.process_time() - before)
    return is_made


def peak_mb() -> float:
    """Tell the most memory of this process; what getrusage tells has that of its parent in it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def tried(name: str) -> bool:
    """Judge a file in a process of its own, tell what it cost, and whether that is too much."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.hostile_formats", str(laid(name, Path(folder)))]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this module itself
    seconds, peak, accepted = map(float, done.stdout.split())
    bad = seconds > MOST_S or peak > MOST_MB or accepted > 0
    print(f"{seconds:6.2f} s {peak:6.0f} MB  accepted {accepted:.0f}  {name}{'  TOO MUCH' * bad}", flush=True)
    return bad


def main() -> int:
    """Try all, or those whose names begin as is said, and tell each."""
    match sys.argv[1:]:
        case [path] if Path(path).exists():
            print(decided(Path(path)))
            return 0
        case begins:
            chosen = [name for name in FILES if name.startswith(tuple(begins) or "")]
            return int(sum(map(tried, chosen)) > 0)


if __name__ == "__main__":
    sys.exit(main())
