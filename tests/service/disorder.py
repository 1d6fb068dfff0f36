"""A project in disorder: everything that can happen to its tasks, in any order, and hooks that come as they like.

``World`` is what happens; ``PureWorld`` deals with it by the pure steps over a store of dictionaries, many times in the
time that the real store takes once; ``tests.service.test_disorder`` holds both to the same.
"""

from __future__ import annotations

import random
import re
from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import httpx
import msgspec
from tests.service.bench import DATA, GOOD, LARGE, SERVER, SMALL, plan
from tests.service.told import status_told

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.connection.webhook_event import decode_event
from guidelint.labelstudio.fake.fake import FakeLabelStudio
from guidelint.labelstudio.fake.http import transport
from guidelint.service.clock import as_text, now
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.job import Job
from guidelint.service.store.known import STANDING, AnnotationIdentity, Content, Known, Seen, VersionKey
from guidelint.service.worker.task.apply import stands_as_written, write
from guidelint.service.worker.task.as_it_stands import AnnotationAsItStands, TaskAsItStands, identity, submission_of
from guidelint.service.worker.task.decide import Changes, decide, seen_state
from guidelint.service.worker.task.judge_annotation import content_digest
from guidelint.service.worker.task.read_task import read_back
from guidelint.service.worker.task.task_submissions import judged
from guidelint.service.worker.task.task_work import ROUNDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.labelstudio.connection.task_client import TaskRead
    from guidelint.labelstudio.fake.fake import Json
    from guidelint.service.store.handed_in import HandedIn

Event = Literal[
    "submit small",
    "submit good",
    "submit large",
    "skip",
    "update to small",
    "update to good",
    "touch",
    "delete",
    "convert to draft",
    "delete the task",
    "import",
    "note",
]
EVENTS: tuple[Event, ...] = get_args(Event)
IN_BETWEEN: tuple[Event, ...] = tuple(event for event in EVENTS if event not in {"import", "note"})
"""What may happen while a task is dealt with and must not cost anything: see decision 0011 for the two others."""
RESULTS: Mapping[str, list[Json]] = {"small": SMALL, "good": GOOD, "large": LARGE}
PLAN = plan()
_TASK = re.compile(r'/api/tasks/(\d+)/|"value": ?(\d+)')


class Killed(BaseException):
    """The process ends here and now."""


class World(ABC):
    """A Label Studio with one project, people who use it, and a service that hears of it."""

    def __init__(self, slots: int) -> None:
        self.fake = FakeLabelStudio(deliver=self._withhold)
        self.project = self.fake.add_project(f'<View idAttr="{marker(PLAN)}"/>')
        self.fake.add_webhook(self.project, f"{SERVER}/hooks/x", {})
        self.client = TaskClient(SERVER, "token-1", httpx.MockTransport(self._between))
        self.withheld: list[bytes] = []
        self.notes: dict[int, int] = {}
        self.tasks: list[int | None] = [None] * slots
        self.meddler: random.Random | None = None
        self.lives: int | None = None
        """So many steps until the process is killed; None: it lives."""
        self.tally: Counter[str] = Counter()
        """How often what happened, so that a test knows that it tried something."""
        self._answer = transport(self.fake)
        for slot in range(slots):
            self.happen(slot, "import")

    # --- what happens ---------------------------------------------------------------------------------------------

    def happen(self, slot: int, event: Event, user: int = 1) -> None:
        """Let something happen to the task in one place; what is not possible there does not happen."""
        task = self.tasks[slot]
        if event == "import":
            if task is None:
                (self.tasks[slot],) = self.fake.add_tasks(self.project, [dict(DATA)])
        elif task is not None:
            self.tally[event] += 1
            self._happen_to(slot, task, event, user)

    def _happen_to(self, slot: int, task: int, event: Event, user: int) -> None:
        mine = [number for number, row in self.fake.tables.annotations.items() if row["task"] == task]
        match event.split():
            case ["submit", what]:
                self.fake.submit(task, RESULTS[what], user)
            case ["skip"]:
                self.fake.submit(task, SMALL, user, was_cancelled=True)
            case ["delete", "the", "task"]:
                self.fake.delete_task(task)
                self.tasks[slot] = None
                self.notes.pop(task, None)
            case ["note"]:
                self.notes[task] = self.notes.get(task, 0) + 1
                self.fake.answer("PATCH", f"/api/tasks/{task}/", {}, self._noted(task), "token-2")
            case [_, *what] if mine:
                self._happen_to_annotation(mine[-1], what[-1] if what else event)
            case _:
                return

    def _happen_to_annotation(self, annotation: int, what: str) -> None:
        match what:
            case "touch":
                self.fake.update(annotation, ground_truth=True)
            case "delete":
                self.fake.delete(annotation)
            case "draft":
                self.fake.delete(annotation, fires=False)
            case _:
                self.fake.update(annotation, result=RESULTS[what])

    def _noted(self, task: int) -> bytes:
        """Somebody else's change of the task data."""
        return msgspec.json.encode({"data": {**self.fake.tables.tasks[task]["data"], "note": self.notes[task]}})

    def _withhold(self, _url: str, _headers: object, body: bytes) -> None:
        self.withheld.append(body)

    def deliver(self, seed: int) -> None:
        """Deliver what was withheld: in any order, some of it twice, some of it never."""
        chance = random.Random(seed)
        times = [chance.choice((0, 1, 1, 1, 2)) for _ in self.withheld]
        bodies = [body for body, often in zip(self.withheld, times, strict=True) for _ in range(often)]
        self.tally += Counter(f"delivered {often} times" for often in times)
        self.withheld.clear()
        chance.shuffle(bodies)
        for body in bodies:
            self.receive(body)

    def _between(self, request: httpx.Request) -> httpx.Response:
        """Answer, and let something happen before and after."""
        self._meddle(request)
        self.step()
        answer = self._answer.handle_request(request)
        self.step()
        self._meddle(request)
        return answer

    def _meddle(self, request: httpx.Request) -> None:
        """Let something happen, mostly to the task that is dealt with."""
        if self.meddler is None or self.meddler.random() > 0.3:
            return
        dealt_with = _task_of(request)
        slot = self.meddler.randrange(len(self.tasks))
        if dealt_with in self.tasks and self.meddler.random() < 0.7:
            slot = self.tasks.index(dealt_with)
            self.tally["meanwhile"] += 1
        self.happen(slot, self.meddler.choice(IN_BETWEEN), 2)

    def step(self) -> None:
        """One step of the process: its last one, perhaps."""
        if self.lives is not None:
            self.lives -= 1
            if self.lives < 0:
                raise Killed

    # --- the service ----------------------------------------------------------------------------------------------

    @abstractmethod
    def receive(self, body: bytes) -> None:
        """Take a delivery into the inbox."""

    @abstractmethod
    def work(self) -> None:
        """Deal with all that is pending, or until killed."""

    @abstractmethod
    def sweep(self) -> None:
        """Find what nobody told."""

    @abstractmethod
    def restart(self) -> None:
        """Begin anew after a kill: what was not stored is forgotten."""

    @abstractmethod
    def table(self) -> dict[AnnotationIdentity, str]:
        """Annotation → the one decision on it that counts."""

    # --- how it must end ------------------------------------------------------------------------------------------

    def work_amid(self, seed: int) -> None:
        """Deal with what is pending while everything goes on."""
        self.meddler = random.Random(seed)
        try:
            self.work()
        finally:
            self.meddler = None

    def work_until_killed(self, steps: int) -> None:
        """Deal with what is pending, be killed on the way, begin anew."""
        self.lives = steps
        try:
            self.work()
        except Killed:
            self.tally["killed"] += 1
        finally:
            self.lives = None
        self.restart()

    def come_to_rest(self) -> None:
        """Lose every hook that is still on its way; one sweep, and all that it found is dealt with."""
        self.withheld.clear()
        self.sweep()
        self.work()

    def afresh(self, task: TaskRead) -> TaskAsItStands:
        """A task as somebody would find it who knows nothing of what was before."""
        return stands_with(self.key(task.id), task, Kept())

    def check(self) -> None:
        """One sweep later, the verdicts are those of the final state, the tasks say so, and then there is silence."""
        self.come_to_rest()
        expected = dict[AnnotationIdentity, str]()
        for task in self._standing():
            fresh = judged(self.afresh(task))
            expected |= {version.identity: version.verdict.decision for version in fresh}
            decisions = [version.verdict.decision for version in fresh]
            assert task.data.get("gl_status", "") == status_told(decisions, task.overlap), (
                task.id,
                task.data,
                decisions,
            )
            assert task.data.get("note", 0) == self.notes.get(task.id, 0)
            assert task.data["image"] == DATA["image"]
        assert self.table() == expected
        before = self.writes()
        self.come_to_rest()
        assert self.writes() == before
        assert self.table() == expected

    def close(self) -> None:
        """Let connections go."""
        self.client.close()

    def writes(self) -> int:
        """How often a task was written, by anybody."""
        return sum(method == "PATCH" for method, _ in self.fake.requests)

    def _standing(self) -> list[TaskRead]:
        found = [read_back(self.client, self.key(task)) for task in self.tasks if task is not None]
        return [task for task in found if task is not None]

    def key(self, task: int) -> TaskKey:
        """Key of a task of the project."""
        return TaskKey(SERVER, self.project, task)


def _task_of(request: httpx.Request) -> int:
    """The task that a request reads or writes; 0: none."""
    found = _TASK.search(f"{request.url.path} {request.url.params.get('query', '')}")
    return int(found[1] or found[2]) if found else 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What a store keeps of one task."""

    known: Mapping[AnnotationIdentity, Known] = field(default_factory=dict[AnnotationIdentity, Known])
    contents: Mapping[VersionKey, Content] = field(default_factory=dict[VersionKey, Content])
    seen: frozenset[Seen] = frozenset()


def stands_with(key: TaskKey, task: TaskRead | None, kept: Kept) -> TaskAsItStands:
    """How a task stands, beside what is kept of it."""
    annotations = list[AnnotationAsItStands]()
    for item in task.annotations if task else ():
        before, digest = kept.known.get(identity(item)), content_digest(item)
        submitted_at, version = submission_of(item, digest, before)
        previous = kept.contents.get((*identity(item), version - 1))
        annotations.append(AnnotationAsItStands(item, digest, before, submitted_at, version, PLAN, previous))
    return TaskAsItStands(Job(key, (), 0, 0), task, tuple(annotations), kept.known, {}, kept.seen, PLAN, now())


class PureWorld(World):
    """Dealt with by the pure steps; what the store keeps lies in dictionaries."""

    def __init__(self, slots: int) -> None:
        self.pending: list[int] = []
        self.known: dict[int, dict[AnnotationIdentity, Known]] = {}
        self.contents: dict[VersionKey, Content] = {}
        self.seen: dict[int, set[Seen]] = {}
        self.task_of: dict[int, int] = {}
        super().__init__(slots)

    def receive(self, body: bytes) -> None:
        """Take a delivery into the inbox; one that names only an annotation leads to its task."""
        for hint in decode_event(body).hints:
            task = hint.task if hint.task is not None else self.task_of.get(hint.annotation or 0)
            if task is not None:
                self.pending.append(task)

    def work(self) -> None:
        """Deal with all that is pending; hints at one task are one job."""
        while self.pending:
            task = self.pending[0]
            told = self.pending.count(task)
            if not any(self._round(task) for _ in range(ROUNDS)):
                self.meddler = None
                continue
            for _ in range(told):
                self.pending.remove(task)

    def sweep(self) -> None:
        """Compare what is listed with what was seen, and find those that are gone."""
        listed = {task.id: task for task in self.client.tasks(self.project)}
        for number, task in listed.items():
            has_any = task.total_annotations or task.cancelled_annotations or self.known.get(number)
            if has_any and Seen(as_text(task.created_at), as_text(task.updated_at)) not in self.seen.get(number, ()):
                self.pending.append(number)
        self.pending.extend(number for number, known in self.known.items() if known and number not in listed)

    def restart(self) -> None:
        """Nothing is kept but what the store keeps."""

    def table(self) -> dict[AnnotationIdentity, str]:
        """Annotation → the decision on it."""
        return {
            item.identity: item.verdict.decision
            for known in self.known.values()
            for item in known.values()
            if item.verdict is not None
        }

    def _round(self, number: int) -> bool:
        self.tally["looked at"] += 1
        task = read_back(self.client, self.key(number))
        kept = Kept(self.known.get(number, {}), self.contents, frozenset(self.seen.get(number, ())))
        stands = stands_with(self.key(number), task, kept)
        changes = decide(stands, judged(stands), 0.0)
        self.tally["judged"] += len(changes.new)
        self.step()
        self._store(number, changes)
        self.step()
        if task is None:
            return True
        answer = write(self.client, changes, lambda: None)
        if answer is None or not stands_as_written(answer, changes):
            return False
        self.step()
        self.seen.setdefault(number, set()).clear()
        self.seen[number].add(seen_state(answer))
        return True

    def _store(self, number: int, changes: Changes) -> None:
        known = {key: item for key, item in self.known.get(number, {}).items() if key not in changes.withdrawn}
        for version in changes.new:
            known[version.identity] = _known(version)
            key = (*version.identity, version.version)
            self.contents.setdefault(key, Content(version.content, version.content_digest))
            self.task_of[version.annotation] = number
        self.known[number] = known


def _known(version: HandedIn) -> Known:
    return Known(
        annotation=version.annotation,
        created_at=version.created_at,
        task_created_at=version.task_created_at,
        annotator=version.annotator,
        unique_id="told",
        submitted_at=version.submitted_at,
        version=version.version,
        state=STANDING,
        content_digest=version.content_digest,
        verdict_digest=version.verdict_digest,
        verdict=version.verdict,
        judged_at=now(),
    )
