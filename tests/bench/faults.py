"""Nothing lost, doubled or stale whatever happens: python -m tests.bench.faults [--deliveries 10000] [--store sqlite].

Annotators submit, update, skip and delete in two projects, 200 times a second; a tenth of the webhooks is lost, a
tenth comes twice, a fifth late; the service is killed 20 times; Label Studio is away three times, and in between 404
pages, HTML pages, a login and a refusal come in its place. Then there is ONE sweep. What stands in Label Studio is held
against the store and what the tasks show; exit status 1 unless nothing is lost, doubled, ghost or stale.

``--label-studio real`` does it to a real Label Studio, as fast as that is; ``--store postgresql`` starts a server, or
takes the empty database that GUIDELINT_POSTGRESQL names.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
import tempfile
from pathlib import Path

from tests.faults.trial import Outcome, Size, trial
from tests.service.postgresql import database

SHOWN = 10
"""So many of the faults are told one by one."""


def main() -> None:
    """Run it and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=10_000)
    parser.add_argument("--a-second", type=float, default=200.0)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--label-studio", choices=["fake", "real"], default="fake")
    given = parser.parse_args()
    logging.getLogger("uvicorn.error").addHandler(logging.NullHandler())  # connections are cut on purpose
    size = Size(
        deliveries=given.deliveries,
        a_second=given.a_second,
        kills=given.kills,
        tasks=max(10, given.deliveries // 40),
        seed=given.seed,
    )
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        place = stack.enter_context(database()) if given.store == "postgresql" else ""
        held = stack.enter_context(trial(Path(folder), size, place, on_real=given.label_studio == "real"))
        outcome = held.run(Path(folder) / "die")
    print(f"{given.store}, {given.label_studio} Label Studio, seed {given.seed}, {os.cpu_count()} processors")
    tell(outcome)
    sys.exit(any(outcome.after.counts) or ", 0 left" not in outcome.swept)


def tell(outcome: Outcome) -> None:
    """Print the table."""
    fired = outcome.counts["fired"]
    print(f"{fired} deliveries in {outcome.seconds:.0f} s, {fired / outcome.seconds:.0f} a second")
    for title, counts in (("", outcome.counts), ("killed: ", outcome.killed), ("instead of an answer: ", outcome.met)):
        for name, count in sorted(counts.items()):
            print(f"{count:8d}  {title}{name}")
    print(f"{outcome.after.standing} annotations stand: {dict(outcome.after.decisions)}")
    print(f"{'':22}{'lost':>8}{'doubled':>8}{'ghost':>8}{'stale':>8}")
    for title, reckoning in (("before the sweep", outcome.before), ("after one sweep", outcome.after)):
        print(f"{title:22}" + "".join(f"{count:8d}" for count in reckoning.counts))
    print(outcome.swept, f"exit status {outcome.exit_status}", sep="")
    after = outcome.after
    for kind in ("lost", "doubled", "ghost", "stale"):
        for sentence in getattr(after, kind)[:SHOWN]:
            print(f"{kind}: {sentence}")


if __name__ == "__main__":
    main()
