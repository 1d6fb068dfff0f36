"""A route that no criterion leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.targets import targets_of_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the routes with those that criteria name; where one of these is mistyped, it may be the one."""
    named = {criterion.to for criterion in draft.written.escalation.when.values()}
    named |= {target.to for _, target in targets_of_tasks(draft) if target.to is not None}
    routes = draft.written.escalation.routes
    for name in routes:
        if name not in named and named <= routes.keys():
            path = ("escalation", "routes", name)
            yield Flaw(f"nothing escalates to `{name}`", path, "Write a criterion under `when:`, or delete it.", "key")


LINT = Lint(
    code="unused-route",
    level="warning",
    means="No criterion leads to a route.",
    why=("Whoever reads the guideline believes that somebody is asked. Say when, under `escalation`, `when`."),
    wrong="""\
escalation:
  routes: {senior: {who: Senior reader}}
""",
    right="""\
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}}
""",
    find=find,
    is_consequence=True,
)
