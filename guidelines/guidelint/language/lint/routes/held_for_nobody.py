"""A task is held, and nobody is there to free it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for routes that hold a task and name no person."""
    for name, route in draft.written.escalation.routes.items():
        if route.hold and not route.person:
            path = ("escalation", "routes", name, "hold")
            remedy = "Say beside it whose reading frees the task: `person: name@example.org`."
            yield Flaw(f"`{name}` holds the task, and names nobody who could free it", path, remedy, "key")


LINT = Lint(
    code="held-for-nobody",
    means="A route holds the task, and names no person.",
    why="What is held is given to nobody until one of the route's persons has dealt with it. A role cannot do so: the "
    "annotation tool knows people by their e-mail addresses.",
    wrong="""\
escalation:
  routes: {quarantine: {who: Data manager, hold: true}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: quarantine}}
""",
    right="""\
escalation:
  routes: {quarantine: {who: Data manager, hold: true, person: data@example.org}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: quarantine}}
""",
    find=find,
)
