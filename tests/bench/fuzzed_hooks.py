"""Broken webhook deliveries: ``python -m tests.bench.fuzzed_hooks FOLDER [COUNT [SEED [STORE]]]``.

FOLDER holds deliveries of a real Label Studio, recorded as those in ``tests/data/webhooks``. Each refused delivery is
followed by a good one. Prints the answers; exits with 1 when one of them must not be, when a request failed inside,
when a good delivery was refused, or when the store holds other rows than were acknowledged.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.service.hook_fuzzer import Fuzzed, fuzz
from tests.service.hook_mutations import deliveries

from guidelint.labelstudio.connection.webhook_event import decode_event
from guidelint.service.log import logger
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate

MILLION = 1_000_000


def main(folder: str, count: str = str(MILLION), seed: str = "1", store: str = "") -> int:
    """Send them, and print what came of it."""
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    bodies = [json.dumps(json.loads(file.read_bytes())["body"]).encode() for file in Path(folder).glob("*.json")]
    bodies = sorted(body for body in bodies if decode_event(body))
    began, cpu_s = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as place:
        url = store_url(store or f"{place}/store.db")
        migrate(url)
        engine = open_store(url, durable=False)
        found = fuzz(engine, deliveries(Random(int(seed)), bodies), int(count))
        engine.dispose()
    sys.stdout.write(_told(found))
    sys.stdout.write(f"{time.perf_counter() - began:.0f} s, {time.process_time() - cpu_s:.0f} s of CPU\n")
    return 1 if found.odd or found.faults or found.good_refused or found.stored != found.taken else 0


def _told(found: Fuzzed) -> str:
    answers = ", ".join(f"{count} × {status}" for status, count in sorted(found.answers.items()))
    lines = [f"{found.sent} broken deliveries: {answers}"]
    lines.append(f"good ones refused: {found.good_refused}; hints acknowledged {found.taken}, stored {found.stored}")
    lines.append(f"answers that must not be: {len(found.odd)}; faults in the log: {len(found.faults)}")
    lines += [f"  {status}: {delivery.body[:300]!r} {delivery.headers!r}" for status, delivery in found.odd[:20]]
    lines += [f"  {fault}" for fault in sorted(set(found.faults))[:20]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
