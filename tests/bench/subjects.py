"""What judging over a large project costs: python -m tests.bench.subjects [SUBMISSIONS].

Fills a store with what so many submissions contribute to 20 annotators and to the project, judges all of it once, then
lets one submission change and judges again, as the service does at most once a minute. Prints CPU seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import msgspec
import sqlalchemy as sa
from tests.service.bench import SERVER
from tests.service.subject_rules import OF_ANNOTATOR, OF_DELIVERY, WITH_THEM, Width, plan_over

from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import contributions
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.projects import Plans, record_push
from guidelint.service.store.subjects.contributions import GatheredFrom, Gathering, put, subject_text
from guidelint.service.store.subjects.groups import mark_again
from guidelint.service.worker.subjects import SubjectsNowAndThen
from guidelint.validation.judging.contributions import Row
from guidelint.validation.judging.fold import check_key
from guidelint.validation.judging.written_contribution import TOLD
from guidelint.validation.rule.gathering import Gathered
from guidelint.validation.rule.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Generator


PROJECT, ANNOTATORS, AT_ONCE, WIDTHS = 1, 20, 1000, 500


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("submissions", type=int, nargs="?", default=100_000)
    count = parser.parse_args().submissions
    known = patch("guidelint.service.store.projects.catalogue", lambda: WITH_THEM)
    with known, tempfile.TemporaryDirectory() as folder:
        url = store_url(str(Path(folder) / "store.db"))
        migrate(url)
        engine = open_store(url, durable=False)
        record_push(engine, SERVER, PROJECT, plan_over(OF_ANNOTATOR, OF_DELIVERY), "2020-01-01T00:00:00.000000Z")
        subjects = SubjectsNowAndThen(engine, Plans(engine), [SERVER])
        load(engine, count)
        with told("all is judged for the first time"):
            subjects.run()
        for number in range(3):
            fill(engine, range(number, number + 1), 21 + number)
            with told("one submission has changed"):
                subjects.run()
        engine.dispose()


def load(engine: sa.Engine, count: int) -> None:
    """Store what so many submissions contribute, all at once, as storing them one by one would leave it."""
    of_annotator, of_delivery = check_key(OF_ANNOTATOR), check_key(OF_DELIVERY)
    subjects = set[str]()
    with engine.begin() as connection:
        for begin in range(0, count, AT_ONCE):
            rows: list[dict[str, object]] = []
            for number in range(begin, min(begin + AT_ONCE, count)):
                task, annotator = str(number + 1), str(number % ANNOTATORS + 1)
                width = Width("r1", "Region 1", "lesion", 1, task, task, px=float(20 + number % WIDTHS))
                places = (
                    (Subject("annotator", annotator=annotator), of_annotator, "lesion"),
                    (Subject("delivery"), of_delivery, f"{width.px:.0f}"),
                )
                for place, (subject, check, name) in enumerate(places):
                    subjects.add(subject_text(subject))
                    rows.append(
                        {
                            "server": SERVER,
                            "project": PROJECT,
                            "task": number + 1,
                            "annotation": number + 1,
                            "created_at": "",
                            "number": place,
                            "subject": subject_text(subject),
                            "check_key": check,
                            "group_name": name,
                            "annotator": annotator,
                            "kind": TOLD,
                            "content": msgspec.msgpack.encode(width),
                        }
                    )
            connection.execute(sa.insert(contributions), rows)
        for written in subjects:
            mark_again(connection, SERVER, PROJECT, written)


def fill(engine: sa.Engine, numbers: range, px: int) -> None:
    """Store what some submissions contribute: one region each."""
    of_annotator, of_delivery = check_key(OF_ANNOTATOR), check_key(OF_DELIVERY)
    checks = frozenset({of_annotator, of_delivery})
    with engine.begin() as connection:
        for number in numbers:
            task, annotator = str(number + 1), str(number % ANNOTATORS + 1)
            width = Width("r1", "Region 1", "lesion", 1, task, task, px=float(px + number % WIDTHS))
            source = (task, task, annotator)
            rows = (
                Row(Subject("annotator", annotator=annotator), of_annotator, *source, Gathered(width, "lesion")),
                Row(Subject("delivery"), of_delivery, *source, Gathered(width, f"{width.px:.0f}")),
            )
            start = GatheredFrom(f"{px}", checks)
            put(connection, TaskKey(SERVER, PROJECT, number + 1), Gathering((number + 1, ""), start, checks, rows))


@contextmanager
def told(what: str) -> Generator[None]:
    """Print the CPU seconds that a block takes."""
    began = time.process_time()
    yield
    sys.stdout.write(f"{what}: {time.process_time() - began:.2f} s of CPU\n")


if __name__ == "__main__":
    main()
