"""Many interleavings of all that can happen to a task: ``python -m tests.bench.interleavings [HOW-MANY]``.

Each (by default 100,000) is one task that is submitted, changed, skipped, deleted … while hooks come twice, never or in
another order and the service is killed: its verdicts at the end are those of judging the final state afresh.
"""

from __future__ import annotations

import sys
import time

from tests.service.test_disorder import run


def main() -> None:
    """Run them and print what was tried."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    began = time.process_time()
    tried = run(count)
    sys.stdout.write(f"{count} interleavings, all verdicts right, {time.process_time() - began:.0f} s of CPU\n")
    sys.stdout.writelines(f"{often:>9} × {what}\n" for what, often in tried.most_common())


if __name__ == "__main__":
    main()
