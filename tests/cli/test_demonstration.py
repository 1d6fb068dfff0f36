"""The demonstration's parts that need no server: sample, mistakes, phantoms, story."""

from __future__ import annotations

import os
import signal
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

import numpy as np
import pytest

from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.cli.commands.demo import ENDS_IT, end_as_by_ctrl_c
from guidelint.cli.demonstration.mistakes import MISTAKES, Mistake
from guidelint.cli.demonstration.phantom import phantom
from guidelint.cli.demonstration.play import GUIDELINE
from guidelint.cli.demonstration.sample import SampleTask, sample_tasks
from guidelint.cli.demonstration.story import FOR_YOU, judged_offline, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.judging.plan import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return chosen_plan(GUIDELINE)


@pytest.fixture(scope="module")
def tasks() -> tuple[SampleTask, ...]:
    return sample_tasks()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.title)
def test_each_mistake_gets_the_verdict_it_must(mistake: Mistake, plan: Plan, tasks: tuple[SampleTask, ...]) -> None:
    verdict = judged_offline(plan, tasks[0], mistake.make(tasks[0].readings[0].items))
    assert verdict.decision == mistake.decision
    assert mistake.rule in {finding.rule for finding in verdict.findings} or not mistake.rule


def test_the_reading_that_mistakes_are_made_in_is_without_fault(plan: Plan, tasks: tuple[SampleTask, ...]) -> None:
    verdict = judged_offline(plan, tasks[0], tasks[0].readings[0].items)
    assert verdict.findings == ()


def test_a_published_outline_that_was_left_open_is_found(plan: Plan, tasks: tuple[SampleTask, ...]) -> None:
    (task,) = [task for task in tasks if task.data["PatientID"] == "LIDC-IDRI-0365"]
    verdict = judged_offline(plan, task, task.readings[0].items)
    assert "closed-outline" in {finding.rule for finding in verdict.to_change}


def test_every_slice_has_four_readings_and_says_that_its_picture_is_a_phantom(tasks: tuple[SampleTask, ...]) -> None:
    assert {len(task.readings) for task in tasks} == {4}
    assert all("not a CT image" in task.data["picture"] for task in tasks)


def test_outlines_are_whole_pixels_as_published(tasks: tuple[SampleTask, ...]) -> None:
    points = np.concatenate([outline for task in tasks for outline in task.outlines])
    assert np.abs(points - points.round()).max() < 0.001
    assert points.min() >= 0
    assert points.max() <= 511


def test_a_phantom_is_bright_where_the_outlines_are_and_the_same_every_time(tasks: tuple[SampleTask, ...]) -> None:
    outlines, side = tasks[0].outlines, tasks[0].side
    picture = phantom(outlines, side, seed=1)
    x, y = np.mean(outlines[0], axis=0).round().astype(int)
    grey = np.asarray(picture)
    assert grey[y - 1 : y + 2, x - 1 : x + 2].mean() > grey[y - 25 : y - 20, x - 25 : x - 20].mean() + 60
    assert phantom(outlines, side, seed=1).tobytes() == picture.tobytes()


def test_the_story_leaves_tasks_for_the_person_who_runs_it(plan: Plan, tasks: tuple[SampleTask, ...]) -> None:
    story = tell(plan, tasks)
    submitted = Counter(scene.task for scene in story.scenes)
    unread = [index for index in range(len(story.data)) if not submitted[index]]
    assert unread == list(range(len(story.data) - FOR_YOU, len(story.data)))
    assert story.readers == ("learner", "reader-1", "reader-2", "reader-3", "reader-4")


@pytest.fixture
def as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in ENDS_IT}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("number", ENDS_IT, ids=lambda number: number.name)
def test_whoever_ends_the_demonstration_ends_all_that_it_started(number: signal.Signals) -> None:
    ended: list[str] = []
    end_as_by_ctrl_c()
    with ExitStack() as until:
        until.callback(ended.append, "the server")
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
    assert ended == ["the server"]
