"""Processor time of every hostile input: `python -m tests.bench.hostile_inputs`; ends with 1 when one takes too long.

Measured on an idle machine; the tests themselves end an input only where it costs fifty times as much.
"""

from __future__ import annotations

import sys

from tests.geometry.hostile import MOST_S, decided_with

from guidelint.geometry.kernels.choice import installed

SHOWN = 10

if __name__ == "__main__":
    slow = False
    for kernels in installed():
        costliest = sorted(decided_with(kernels).values(), key=lambda decided: -decided.seconds)
        slow = slow or costliest[0].seconds > MOST_S
        for decided in costliest[:SHOWN]:
            print(f"{kernels:5} {decided.seconds:6.2f} s  {decided.name}")
    sys.exit(f"an input takes more than {MOST_S} s" if slow else 0)
