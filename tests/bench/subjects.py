"""What subjects above one submission cost the service: python -m tests.bench.subjects [SUBMISSIONS] [RULE ...].

For every rule of the catalogue that gathers: a store with what so many submissions and their tasks contribute is judged
once, then one submission changes and all that follows is judged again, as the service does at most once a minute.
Prints CPU of storing one submission, of the first judgement, and of those after single changes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from tests.bench.handed_in import rules, submission, task_facts
from tests.service.bench import SERVER

from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import contributions
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.projects import Plans, record_push
from guidelint.service.store.subjects.contributions import OF_TASK, GatheredFrom, Gathering, put, row_of
from guidelint.service.store.subjects.groups import mark_again
from guidelint.service.worker.subjects import SubjectsNowAndThen
from guidelint.validation.cases.run import plan_of
from guidelint.validation.judging.fold import contributed, contributed_by_task, gathering_checks

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from guidelint.validation.judging.contributions import Row
    from guidelint.validation.judging.gathers import Gathers
    from guidelint.validation.rule.rule import Rule

PROJECT = 1
AT_ONCE = 1000
STORED, CHANGES = 300, 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("submissions", type=int, nargs="?", default=100_000)
    parser.add_argument("rules", nargs="*", default=[rule.id() for rule in rules()])
    chosen = parser.parse_args()
    print(f"{chosen.submissions} submissions, CPU")
    print(f"{'':<20}{'store one':>12}{'judge all':>12}   after each of {CHANGES} single changes")
    for rule in rules():
        if rule.id() in chosen.rules:
            measure(rule, chosen.submissions)


def measure(rule: Rule, count: int) -> None:
    """Measure one rule."""
    plan = plan_of(rule)
    checks = gathering_checks(plan)
    with tempfile.TemporaryDirectory() as folder:
        url = store_url(str(Path(folder) / "store.db"))
        migrate(url)
        engine = open_store(url, durable=False)
        record_push(engine, SERVER, PROJECT, plan, "2020-01-01T00:00:00.000000Z")
        subjects = SubjectsNowAndThen(engine, Plans(engine), [SERVER])
        load(engine, checks, count)
        with cpu() as first:
            subjects.run()
        again: list[float] = []
        for number in range(CHANGES):
            change(engine, checks, number * 7)
            with cpu() as spent:
                subjects.run()
            again += spent
        stored_s = stored(engine, checks, range(count, count + STORED))
        engine.dispose()
    told = "".join(f"{seconds:>9.3f} s" for seconds in again)
    sys.stdout.write(f"{rule.id():<20}{1000 * stored_s / STORED:>9.3f} ms{first[0]:>10.2f} s{told}\n")
    sys.stdout.flush()


def load(engine: sa.Engine, checks: dict[str, Gathers], count: int) -> None:
    """Store what so many submissions contribute, all at once, as storing them one by one would leave it."""
    subjects = set[str]()
    with engine.begin() as connection:
        for begin in range(0, count, AT_ONCE):
            rows = [
                {**row_of(TaskKey(SERVER, PROJECT, number + 1), (source, ""), row), "number": place}
                for number in range(begin, min(begin + AT_ONCE, count))
                for source, together in given(checks, number)
                for place, row in enumerate(together)
            ]
            subjects |= {str(row["subject"]) for row in rows}
            if rows:
                connection.execute(sa.insert(contributions), rows)
        for subject in sorted(subjects):
            mark_again(connection, SERVER, PROJECT, subject)


def given(checks: dict[str, Gathers], number: int) -> Iterator[tuple[int, tuple[Row, ...]]]:
    """Give by their source what a submission and its task contribute."""
    yield number + 1, tuple(contributed(checks, submission(number)))
    yield OF_TASK, tuple(contributed_by_task(checks, task_facts(number)))


def change(engine: sa.Engine, checks: dict[str, Gathers], number: int) -> None:
    """Let a submission say what another would have said, and its task be as that one."""
    other = number + 3
    keys = frozenset(checks)
    with engine.begin() as connection:
        for source, together in given(checks, other):
            mine = number + 1 if source != OF_TASK else OF_TASK
            gathering = Gathering((mine, ""), GatheredFrom("changed", keys), keys, together)
            put(connection, TaskKey(SERVER, PROJECT, number + 1), gathering)


def stored(engine: sa.Engine, checks: dict[str, Gathers], numbers: range) -> float:
    """CPU seconds of storing new submissions, each in a transaction of its own, gathering left out."""
    keys = frozenset(checks)
    spent_s = 0.0
    for number in numbers:
        gathered = list(given(checks, number))
        with cpu() as spent, engine.begin() as connection:
            for source, together in gathered:
                start = GatheredFrom(f"{number}", keys)
                put(connection, TaskKey(SERVER, PROJECT, number + 1), Gathering((source, ""), start, keys, together))
        spent_s += spent[0]
    return spent_s


@contextmanager
def cpu() -> Generator[list[float]]:
    """Measure the CPU seconds that a block takes."""
    spent = list[float]()
    began = time.process_time()
    yield spent
    spent.append(time.process_time() - began)


if __name__ == "__main__":
    main()
