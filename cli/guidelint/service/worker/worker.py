"""The work of the judging process: what is pending in the inbox, task by task, with several threads."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from guidelint.geometry.kernels.choice import standing
from guidelint.service.log import logger, note
from guidelint.service.messages import Counts, State, Told
from guidelint.service.store import clock_set_back
from guidelint.service.store.base.faults import StoreFault
from guidelint.service.store.hints import claims, held, inbox
from guidelint.service.worker.endings import Endings, leave
from guidelint.service.worker.mend import Mending
from guidelint.service.worker.owner import is_dead, owner_here
from guidelint.service.worker.pace import AT_WORK_S, BulkPace
from guidelint.service.worker.servers.outages import Outages
from guidelint.service.worker.servers.unknown_projects import UnknownProjects
from guidelint.service.worker.stopping import LET_GO_WITHIN_S, all_ended, give_back, within
from guidelint.service.worker.sweep.manners import Manners, SweepEnded
from guidelint.service.worker.task.tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from guidelint.service.store.hints.job import Job
    from guidelint.service.worker.endings import Ending
    from guidelint.service.worker.retention import Retention
    from guidelint.service.worker.subjects import SubjectsNowAndThen
    from guidelint.service.worker.sweep.every_project import Sweep
    from guidelint.service.worker.task.task_work import TaskWork

LONGEST_REST_S = 30.0
"""So long at most a sweeper rests after it was at work."""
IDLE_S = 0.5
"""So long a worker sleeps when nothing is pending and nobody wakes it."""
PATIENCE_S = claims.LEASE_S + 1.0
"""So long a single sweep waits for what it cannot take yet."""
JOB_LIMIT_S = 120.0
"""What is judged for longer is given up by ending the process; the next one knows that it was begun."""


def _nobody(_told: Told) -> None:
    """Tell nobody."""


def _nobody_counts(_count: int) -> None:
    """Tell nobody."""


@dataclass
class Worker:
    """Works on the inbox with several threads."""

    engine: sa.Engine
    work: TaskWork
    threads: int = 2
    sweep: Sweep | None = None
    sweep_every_s: float = 0.0
    retention: Retention | None = None
    subjects: SubjectsNowAndThen | None = None
    tell: Callable[[Told], None] = _nobody
    stop: threading.Event = field(default_factory=threading.Event)
    _wake: threading.Condition = field(default_factory=threading.Condition)
    _picking: threading.Lock = field(default_factory=threading.Lock)
    _in_hand: dict[str, Job] = field(default_factory=dict[str, "Job"])
    """Whoever holds a claim → what it is for."""
    _pace: BulkPace = field(init=False)
    _state: State = field(default_factory=State)
    _outages: Outages = field(init=False)
    _endings: Endings = field(init=False)
    _not_noted: list[tuple[Job, Ending, str]] = field(default_factory=list["tuple[Job, Ending, str]"])
    _owner: str = field(default_factory=owner_here)

    def __post_init__(self) -> None:
        """Look after the store."""
        self._outages = Outages(self.engine)
        self._endings = Endings(self.engine, self._outages)
        self._mending = Mending(self.engine)
        self._pace = BulkPace(lambda: inbox.annotators_at_work(self.engine, AT_WORK_S), self._urgent_in_hand)
        if self.sweep is not None:
            self.sweep.manners = Manners(self._somebody_waits, self.stop)

    def close(self) -> None:
        """Let connections go."""
        for client in self.work.clients.values():
            client.close()
        self.work.durable.dispose()
        self.engine.dispose()

    def wake(self) -> None:
        """Say that something is pending."""
        with self._wake:
            self._wake.notify_all()

    @property
    def busy(self) -> bool:
        """Whether anything is being judged."""
        return bool(self._in_hand)

    def run(self) -> None:
        """Work until told to stop."""
        self._tidy(begins=True)
        threads = [threading.Thread(target=self._loop, args=(f"{self._owner}:{n}",)) for n in range(self.threads)]
        if self.sweep is not None:
            threads.append(threading.Thread(target=self._sweep, args=(self.sweep,)))
        if self.subjects is not None:
            threads.append(threading.Thread(target=self._judge_subjects, args=(self.subjects,)))
        for thread in threads:
            thread.start()
        while not self.stop.wait(claims.LEASE_S / 3):
            self.keep_claims()
            self._tidy()
            self._tell_state(judging=self._state.judging)
            self._give_sign_of_life()
        self.wake()
        if not all_ended(threads):
            self._break_off()

    def _break_off(self) -> None:
        """Leave what is being worked on to whoever judges next, who need not wait until the claims end."""
        jobs = dict(self._in_hand)
        note("work is broken off: the service ends", jobs=len(jobs))
        within(LET_GO_WITHIN_S, lambda: give_back(self.engine, jobs))

    def _somebody_waits(self) -> bool:
        """Whether anything is in hand, or pending, that an annotator may wait for."""
        return self._urgent_in_hand() or bool(inbox.next_tasks(self.engine, 1, inbox.INTERACTIVE))

    def _urgent_in_hand(self) -> bool:
        return any(job.lane == inbox.INTERACTIVE for job in list(self._in_hand.values()))

    def work_off(self, patience_s: float = 0.0, came_to: Callable[[int], None] = _nobody_counts) -> int:
        """Deal with all that is due now, in this thread; returns how many jobs that were.

        ``patience_s``: so long it waits for others who work on some of it, and for what was put off. ``came_to``: told
        after each how many they are so far.
        """
        count, patience_until = 0, time.monotonic() + patience_s
        self._tidy()
        self.release()
        while True:
            pause_s = self._pace.pause_s()  # before the look for a job: bulk may be free to go on right after it
            if self._step(self._owner):
                count, patience_until = count + 1, time.monotonic() + patience_s
                came_to(count)
            elif pause_s:
                time.sleep(min(pause_s, IDLE_S))
            elif time.monotonic() >= patience_until or not inbox.anything_due(self.engine, patience_s):
                return count
            else:
                time.sleep(0.1)

    def _loop(self, owner: str) -> None:
        while not self.stop.is_set():
            try:
                worked = self._step(owner) or self._outages.look()
            except SQLAlchemyError as error:
                self._mending.begin(error)
                self._tell_state(judging=False)
                worked = False
            if not worked:
                with self._wake:
                    self._wake.wait(min(self._pace.pause_s() or IDLE_S, IDLE_S))

    def _sweep(self, sweep: Sweep) -> None:
        """Sweep at once and again and again, meanwhile what deliveries ask for; rest as long as it took."""
        unknown = UnknownProjects(sweep.engine, sweep.clients, sweep.full_every_s)
        by_itself_at = time.monotonic() if self.sweep_every_s > 0 else float("inf")
        while not self.stop.is_set():
            began = time.monotonic()
            is_due = began >= by_itself_at
            if is_due:
                by_itself_at = began + self.sweep_every_s
            try:
                self.release()
                if is_due:
                    unknown.look_when_due()
                if any(swept.found for swept in (sweep.all_projects() if is_due else sweep.asked_for())):
                    self.wake()
                if self.retention is not None:
                    self.retention.when_due()
            except SQLAlchemyError as error:
                self._mending.begin(error)
            except SweepEnded:
                return
            except Exception:  # noqa: BLE001 - the next sweep may succeed
                logger.exception("a sweep failed")
            self.stop.wait(min(max(time.monotonic() - began, IDLE_S), LONGEST_REST_S))

    def _judge_subjects(self, subjects: SubjectsNowAndThen) -> None:
        """Judge again and again what changed of the subjects that managers look at."""
        while not self.stop.wait(IDLE_S):
            try:
                if subjects.when_due():
                    self.wake()
            except SQLAlchemyError as error:
                self._mending.begin(error)
            except Exception:  # noqa: BLE001 - the next time may succeed
                logger.exception("judging annotators and projects failed")

    def _tell_state(self, *, judging: bool) -> None:
        """Say how this process stands, when that is new."""
        here = standing()
        state = State(judging, here.kernels, here.compiling)
        if state != self._state:
            self._state = state
            note("the judging process stands anew", **msgspec.structs.asdict(state))
            self.tell(Told(state=state))

    def _give_sign_of_life(self) -> None:
        """Say how this process stands though nothing has changed, and what was counted."""
        requests: Counter[str] = Counter()
        for client in self.work.clients.values():
            requests.update(client.sent.taken())
        self.tell(Told(state=self._state, counts=Counts(tally.taken(), dict(requests))))

    def _step(self, owner: str) -> bool:
        """Take one job and deal with it; False: there is none."""
        self._note_endings()
        job = self._take(owner)
        self._mending.over()
        self._tell_state(judging=True)
        if job is None:
            return False
        began = time.monotonic()
        self._in_hand[owner] = job
        ending: Ending = leave
        try:
            ending = self._deal_with(job)
        finally:
            del self._in_hand[owner]
            if job.lane == inbox.BULK:
                self._pace.end(time.monotonic() - began)
            self._not_noted.append((job, ending, owner))
            self._note_endings()
            self.tell(Told(done=job.seqs))
        return True

    def _note_endings(self) -> None:
        """Note how jobs ended; what the store does not take now is noted as soon as it does."""
        while self._not_noted:
            job, ending, owner = noting = self._not_noted.pop()
            try:
                with self.engine.begin() as connection:
                    ending(connection)
                    claims.release(connection, job.key, owner)
            except StoreFault:
                self._not_noted.append(noting)
                raise

    def _take(self, owner: str) -> Job | None:
        """Claim the task that waits longest, bulk only when nothing else waits; looking keeps nobody from writing."""
        with self._picking:
            self._place_deletions()
            job = self._claimed(owner, inbox.INTERACTIVE)
            if job is None and not self._pace.pause_s():
                job = self._claimed(owner, inbox.BULK)
            if job is not None and job.lane == inbox.BULK:
                self._pace.begin()
            return job

    def _claimed(self, owner: str, lane: int) -> Job | None:
        for key in inbox.next_tasks(self.engine, 1 + self.threads, lane):
            with self.engine.begin() as connection:
                job = inbox.job_for(connection, key) if claims.claim(connection, key, owner) else None
                if job is not None:
                    inbox.begin(connection, job)
                    return job
                claims.release(connection, key, owner)
        return None

    def _place_deletions(self) -> None:
        if not inbox.anything_loose(self.engine):
            return
        with self.engine.begin() as connection:
            led_nowhere = inbox.place_deletions(connection)
        self.tell(Told(done=tuple(led_nowhere)))

    def _deal_with(self, job: Job) -> Ending:
        """Deal with one job; returns what is to be noted about it."""
        began = time.monotonic()
        try:
            self.work.deal_with(job, lambda: self.tell(Told(shown=job.seqs)))
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with one task, the others go on
            return self._endings.after(job, error)
        return self._endings.well(job, time.monotonic() - began)

    def release(self) -> None:
        """Let go what was held for want of a token or a push that is there now."""
        servers = self.work.clients.keys()
        if held.anything_known(self.engine, servers):
            with self.engine.begin() as connection:
                held.release_known(connection, servers)

    def _longest_judging_s(self) -> float:
        """So long what is judged now has taken, by jobs and by the sweep; not what Label Studio takes."""
        swept_since = None if self.sweep is None else self.sweep.manners.judging_since_s
        return max(self.work.judging.longest_s, 0.0 if swept_since is None else time.monotonic() - swept_since)

    def _tidy(self, *, begins: bool = False) -> None:
        """Let nothing wait for processes that have ended, for times of a clock that was set back, for an old outage."""
        try:
            if begins:
                self._outages.resume()
            dead, ahead = claims.release_dead(self.engine, is_dead), clock_set_back.put_right(self.engine)
        except SQLAlchemyError as error:
            self._mending.begin(error)
            return
        if dead or ahead:
            note("put right in the store", logging.WARNING, ended_processes=dead, times_of_a_clock_set_back=ahead)

    def keep_claims(self) -> None:
        """Prolong the claims of what is in hand, unless judging one of them takes too long."""
        longest = self._longest_judging_s()
        if longest > JOB_LIMIT_S:
            note("a job takes too long; the judging process starts anew", logging.ERROR, seconds=longest)
            os._exit(70)
        try:
            with self.engine.begin() as connection:
                for owner in list(self._in_hand):
                    claims.renew(connection, owner)
        except SQLAlchemyError as error:
            self._mending.begin(error)
