"""Examples run: each judged as a delivery is, and told where the verdict is not the one that is expected."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.format_name import AT_HOME
from guidelint.checking.delivery import Delivery
from guidelint.checking.examples.differences import differences
from guidelint.checking.examples.outcome import NEVER, UNLESS_READ, outcome_of
from guidelint.checking.examples.tasks import TaskMaker
from guidelint.checking.input.in_memory import InMemory
from guidelint.checking.supplied import SuppliedError, supplied
from guidelint.imaging.given import NOTHING_GIVEN
from guidelint.language.examples.folder import ExamplesError
from guidelint.language.examples.names import accepted_names
from guidelint.language.examples.read import problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.checking.examples.outcome import Outcome
    from guidelint.imaging.given import Given
    from guidelint.language.examples.folder import Folder
    from guidelint.language.examples.read import Found
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.text.problem import Problem
    from guidelint.validation.judging.plan import Plan

_REMEDY = "Correct what is expected, the example, or the guideline: one of them is not what was meant."


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example as tasks, and what came of it."""

    found: Found
    tasks: bytes
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Ran:
    """An example that was run."""

    found: Found
    prepared: Prepared | None
    """None: a file of it is not what it should be."""
    problems: tuple[Problem, ...]
    """How its verdict is not the one that is expected."""


@dataclass(frozen=True)
class Runner:
    """Runs the examples of one guideline."""

    guideline: Guideline
    plan: Plan
    folder: Folder

    @cached_property
    def _maker(self) -> TaskMaker:
        return TaskMaker(self.guideline, self.folder)

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """Name in an example → the clauses that it stands for."""
        return accepted_names(self.plan)

    @cached_property
    def _given(self) -> Given:
        """The images in the folder, with what the headers of DICOM files among them say."""
        folder = self.folder.path
        try:
            return supplied(folder, (str(folder),)).given
        except SuppliedError:  # it holds no header
            return supplied(None, (str(folder),)).given

    def written(self, found: Found) -> bytes:
        """Write an example as tasks, one on a line. Raises ExamplesError."""
        return b"".join(json.dumps(task).encode() + b"\n" for task in self._maker.tasks(found))

    def given_of(self, found: Found) -> Given:
        """Give what its images say by themselves."""
        return self._given if any(one.file is not None for one in found.pictures) else NOTHING_GIVEN

    def outcome(self, found: Found, tasks: bytes, plan: Plan | None = None) -> Outcome:
        """Judge the tasks of an example, which is no whole patient unless it lists visits. ``plan``: another one."""
        given, asked = self.given_of(found), (plan or self.plan).of_work
        if not found.example.visits:
            asked = asked.of_one_visit
        records = Delivery(asked, (InMemory(found.name, content=(tasks,)),), format_name=AT_HOME, given=given).records()
        return outcome_of(records, NEVER if found.example.readings else UNLESS_READ)

    def prepared(self, found: Found) -> Prepared:
        """Write an example as tasks, and judge it. Raises ExamplesError."""
        tasks = self.written(found)
        return Prepared(found, tasks, self.outcome(found, tasks))

    def judged(self, prepared: Prepared, plan: Plan) -> Outcome:
        """Judge an example by another plan."""
        return self.outcome(prepared.found, prepared.tasks, plan)

    def is_as_expected(self, found: Found, outcome: Outcome) -> bool:
        """Whether what came of an example is what is expected of it."""
        return next(differences(found, outcome, self.names), None) is None

    def ran(self, found: Found) -> Ran:
        """Run an example, and tell how its verdict is not the one that is expected."""
        try:
            prepared = self.prepared(found)
        except ExamplesError as error:
            what, _, remedy = str(error).partition(". ")
            return Ran(found, None, (problem_of(found, "unusable-example", what, f"{remedy}."),))
        otherwise = differences(found, prepared.outcome, self.names)
        problems = (problem_of(found, "unexpected-verdict", what, _REMEDY, *keys) for what, keys in otherwise)
        return Ran(found, prepared, tuple(problems))
