"""A recipe carried out: its guideline is read, its works are judged, and what is said of them is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cookbook.recipe import whole
from guidelint.checking.delivery import Delivery
from guidelint.checking.examples.differences import differences
from guidelint.checking.examples.outcome import outcome_of
from guidelint.checking.examples.run import Runner
from guidelint.checking.examples.tasks import TaskMaker
from guidelint.checking.input.in_memory import InMemory
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.folder import Folder
from guidelint.language.examples.read import examples_in
from guidelint.language.load import loaded
from guidelint.language.text.problem import GuidelineProblems
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cookbook.recipe import Recipe, Together
    from guidelint.checking.examples.outcome import Outcome
    from guidelint.language.examples.read import Found
    from guidelint.language.form.guideline import Guideline
    from guidelint.language.text.problem import Problem
    from guidelint.validation.judging.plan import Plan

_OF_ONE = frozenset({"submission", "image"})


@dataclass(frozen=True, slots=True)
class Cooked:
    """What came of a recipe."""

    recipe: Recipe
    guideline: Guideline
    plan: Plan
    works: Sequence[tuple[str, Outcome]]
    """What is handed in, in words, and what guidelint says of it."""
    refusal: Problem | None
    """What is told of what must not be written."""
    unexpected: Sequence[str]
    """What is otherwise than the recipe says."""


def cooked(recipe: Recipe) -> Cooked:
    """Carry a recipe out. Raises GuidelineProblems where its guideline cannot be read."""
    read = loaded(recipe.whole)
    plan = compile_plan(read.guideline, catalogue())
    unexpected = [f"its guideline is told: {one}" for one in read.warnings.problems]
    with TemporaryDirectory() as here:
        folder = Folder(Path(here))
        for name, text in {"works.yaml": recipe.works, **recipe.files}.items():
            (folder.path / name).write_text(text, encoding="utf-8")
        examples = examples_in(folder, read.guideline, plan, catalogue())
        runner, maker = Runner(read.guideline, plan, folder), TaskMaker(read.guideline, folder)
        outcomes = [(one, runner.outcome(one, runner.written(one))) for one in examples.found]
        works = [(str(one.example.title), outcome) for one, outcome in outcomes]
        unexpected += [str(problem) for file in examples.wrong for problem in file.problems]
        unexpected += [
            f"{one.example.title}: {what}"
            for one, outcome in outcomes
            for what, _ in differences(one, outcome, runner.names)
        ]
        if recipe.together is not None:
            outcome = _of_all(recipe.together, plan, maker, examples.found)
            works.append((recipe.together.title, outcome))
            unexpected += _not_as_said(recipe.together, outcome)
    refusal = _refusal(recipe)
    if recipe.refused is not None and (refusal is None or refusal.code != recipe.refused.code):
        unexpected.append(f"what must not be written is told: {refusal}, not {recipe.refused.code}")
    return Cooked(recipe, read.guideline, plan, works, refusal, unexpected)


def _of_all(together: Together, plan: Plan, maker: TaskMaker, found: Sequence[Found]) -> Outcome:
    """Judge all works as one delivery; give what is said of the whole of it."""
    tasks = [task for one in found for task in maker.tasks(one)]
    tasks += [
        {**tasks[0], "id": f"untouched-{number}", "annotations": []} for number in range(1, together.untouched + 1)
    ]
    if together.seconds is not None:
        for annotation in (one for task in tasks for one in task["annotations"]):
            annotation["lead_time"] = together.seconds
    lines = b"".join(json.dumps(task).encode() + b"\n" for task in tasks)
    return outcome_of(Delivery(plan, (InMemory("delivery", content=(lines,)),)).records(), but_for=_OF_ONE)


def _not_as_said(together: Together, outcome: Outcome) -> Iterator[str]:
    if outcome.decision != together.verdict:
        yield f"the delivery is {outcome.decision}, not {together.verdict}"
    if {one.rule for one in outcome.findings} != set(filter(None, (together.by,))):
        yield f"of the delivery is told: {[one.message for one in outcome.findings]}"


def _refusal(recipe: Recipe) -> Problem | None:
    """Give the first that is told of what must not be written."""
    if recipe.refused is None:
        return None
    try:
        problems = loaded(whole(recipe.refused.guideline)).warnings.problems
    except GuidelineProblems as error:
        problems = error.problems
    return next(iter(problems), None)
