"""Whatever happens, in whatever order and however often it is told: the verdicts are those of the final state."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from tests.service.disorder import EVENTS, Event, PureWorld, World
from tests.service.disorder_store import store_worlds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.many

SLOTS = 20
"""Tasks side by side in one run: each is one interleaving."""
INTERLEAVINGS = 2000
IN_STORE = 60
"""Each takes fifty times as long."""
STEPS = 10
SEEDS = st.integers(0, 2**32 - 1)
HAPPENINGS = st.lists(
    st.tuples(st.integers(0, SLOTS - 1), st.sampled_from(EVENTS), st.integers(1, 3)),
    min_size=SLOTS // 2,
    max_size=SLOTS,
)


class Disorder(RuleBasedStateMachine):
    """A project, its people, Label Studio's hooks and a service that is killed now and then."""

    tally: ClassVar[Counter[str]] = Counter()
    make: ClassVar[Callable[[int], World]] = PureWorld

    def __init__(self) -> None:
        super().__init__()
        self.world = type(self).make(SLOTS)

    def _happen(self, happenings: list[tuple[int, Event, int]], seed: int) -> None:
        """Let things happen, and tell of some."""
        for slot, event, user in happenings:
            self.world.happen(slot, event, user)
        if seed % 4:
            self.world.deliver(seed)

    @rule(happenings=HAPPENINGS, seed=SEEDS)
    def leave_it(self, happenings: list[tuple[int, Event, int]], seed: int) -> None:
        self._happen(happenings, seed)

    @rule(happenings=HAPPENINGS, seed=SEEDS)
    def deal_with_it(self, happenings: list[tuple[int, Event, int]], seed: int) -> None:
        self._happen(happenings, seed)
        self.world.work()

    @rule(happenings=HAPPENINGS, seed=SEEDS)
    def deal_with_it_while_it_goes_on(self, happenings: list[tuple[int, Event, int]], seed: int) -> None:
        self._happen(happenings, seed)
        self.world.work_amid(seed)

    @rule(happenings=HAPPENINGS, seed=SEEDS, steps=st.integers(0, 60))
    def be_killed_over_it(self, happenings: list[tuple[int, Event, int]], seed: int, steps: int) -> None:
        self._happen(happenings, seed)
        self.world.work_until_killed(steps)

    @rule()
    def sweep(self) -> None:
        self.world.sweep()

    def teardown(self) -> None:
        self.world.check()
        self.tally.update(self.world.tally)
        self.world.close()


def run(interleavings: int, make: Callable[[int], World] = PureWorld) -> Counter[str]:
    """Run so many interleavings; how often what happened."""

    class Run(Disorder):
        """This run."""

    Run.tally, Run.make = Counter(), staticmethod(make)
    run_state_machine_as_test(
        Run,
        settings=settings(
            max_examples=interleavings // SLOTS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
            derandomize=False,
            database=None,
        ),
    )
    return Run.tally


def test_any_order_and_multiplicity_gives_the_verdicts_of_the_final_state() -> None:
    tried = run(INTERLEAVINGS)
    assert set(EVENTS) - {"import"} <= set(tried)
    assert tried["judged"] > INTERLEAVINGS
    assert min(tried["meanwhile"], tried["delivered 0 times"], tried["delivered 2 times"]) > INTERLEAVINGS / 20
    assert tried["killed"] > 0


def test_the_worker_over_a_real_store_does_the_same(tmp_path: Path) -> None:
    tried = run(IN_STORE, store_worlds(tmp_path))
    assert tried.total() > IN_STORE


def test_the_worker_over_a_real_store_is_killed_and_disturbed_and_does_the_same(tmp_path: Path) -> None:
    """What chance leaves out of a few interleavings now and then."""
    world = store_worlds(tmp_path)(SLOTS)
    for event in ("import", "submit small"):
        for slot in range(SLOTS):
            world.happen(slot, event, 1)
    world.deliver(seed=1)
    world.work_until_killed(SLOTS)
    for slot in range(SLOTS):
        world.happen(slot, "update to good", 1)
    world.deliver(seed=2)
    world.work_amid(seed=3)
    world.check()
    tried = world.tally
    world.close()
    assert min(tried[name] for name in ("killed", "meanwhile", "delivered 0 times", "delivered 2 times")) > 0
