"""A check handed to several processes."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.source import source_of
from guidelint.checking.spread.chunks import Chunks
from guidelint.checking.spread.judge import Judge
from guidelint.checking.spread.processes import Processes
from guidelint.checking.spread.setup import Setup
from guidelint.checking.spread.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from guidelint.checking.checked import Checked
    from guidelint.checking.spread.crew import Crew
    from guidelint.checking.spread.setup import Showing


def setup_of(checked: Checked, showing: Callable[[], Showing]) -> Setup:
    """Put together what every process needs for a check that has not begun."""
    delivery, totals, baselines = checked.delivery, checked.totals, checked.baselines
    return Setup(
        delivery=replace(delivery, sources=(), on_bytes=None, several=len(delivery.sources) > 1),
        supplies=totals.given,
        totals=replace(totals, expectation=None, comparison=None),
        comparison=baselines.comparison,
        collection=baselines.collection,
        expects=totals.expectation is not None,
        showing=showing,
    )


def spread_over(crew: Crew, checked: Checked, setup: Setup, most: int | None = None) -> Spread:
    """Spread a check over a crew; ``most``: so many findings may be shown, None: all."""
    delivery = checked.delivery
    return Spread(
        chunks=Chunks([source_of(one) for one in delivery.sources], delivery.format_name, delivery.places),
        crew=crew,
        judge=Judge(setup, setup.showing()),
        baselines=checked.baselines,
        totals=checked.totals,
        supplies=checked.totals.given,
        most=most,
        on_bytes=delivery.on_bytes,
    )


@contextmanager
def in_processes(
    count: int, checked: Checked, showing: Callable[[], Showing], most: int | None = None
) -> Generator[Spread]:
    """Start processes for a check, and end them when it ends, however that is."""
    setup = setup_of(checked, showing)
    with Processes(setup, count) as crew:
        yield spread_over(crew, checked, setup, most)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
