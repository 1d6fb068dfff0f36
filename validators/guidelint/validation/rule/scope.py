"""Scopes: what a rule judges. Everything particular about one stands in its object; no other code asks for its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.validation.rule.subject import Subject

ROOT = ("rules",)
"""Section of the rules that a guideline has itself."""
Moment = Literal["on submit", "over readers", "over time"]
"""When a rule can judge: as soon as work is handed in, once others have read the task, or as work comes together."""
Audience = Literal["annotator", "reviewer", "manager"]
"""Who looks at a verdict: the one who drew, the one who compares readers, the one who answers for a project."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one submission has of one subject."""

    subject: Subject
    submission: Submission
    regions: tuple[Region, ...]
    """Its regions that belong to the subject."""
    problem: str = ""
    """Why it cannot be told which subject it belongs to; empty when it can."""


def no_shares(submission: Submission) -> Iterable[Share]:  # noqa: ARG001 - every scope takes the submission
    """Give nothing: a scope within one submission gathers nothing over several."""
    return ()


def no_subjects(task: TaskFacts) -> Iterable[Subject]:  # noqa: ARG001 - every scope takes the task
    """Give nothing: a task that nobody annotated is nothing to most scopes."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a rule judges, and how people and other parts of the program know it."""

    name: str
    judges: str
    """What is judged, in words that read on from "Judges"."""
    section: tuple[str, ...] = ROOT
    """Where in a guideline its rules stand: under its own ``rules``, or those of a part."""
    moment: Moment = "on submit"
    """When its rules judge."""
    per_class: bool = False
    """Whether its rules may stand at a class as well, for the regions of that class."""
    of_regions: bool = False
    """Whether its rules judge regions one by one: a condition is then asked of each region."""
    sees_regions: bool = True
    """Whether its rules look at regions at all; else a condition on regions says nothing to them."""
    shown_to: Audience = "annotator"
    """Who looks at its verdicts."""
    of_one_reader: bool = False
    """Whether a subject is what one reader reads of several tasks, so that what is lacking is told when all are in."""
    shares: Callable[[Submission], Iterable[Share]] = no_shares
    """Subjects that a submission contributes to, where they lie above one submission."""
    of_task: Callable[[TaskFacts], Iterable[Subject]] = no_subjects
    """Subjects that a task contributes to by itself, whether anybody annotated it or not."""
