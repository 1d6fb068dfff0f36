"""The load of a project to come, from files of work that was done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.checking.input.work import Work
from guidelint.checking.simulation.past import Past
from guidelint.checking.simulation.simulation import simulation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.simulation.simulation import Project, Simulation
    from guidelint.language.form.sections.review import Review
    from guidelint.validation.judging.plan import Plan


def simulation_of_files(plan: Plan, review: Review | None, arguments: Sequence[str], project: Project) -> Simulation:
    """Tell the load of a project. Raises WorkError and SimulationError."""
    work = Work(arguments, plan.vocabulary)
    return replace(simulation(Past.of(plan.of_work, work), review, project), unread=work.unread)
