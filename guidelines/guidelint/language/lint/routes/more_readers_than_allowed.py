"""A route asks for more readings of a task than it may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import ranges
from guidelint.validation.rule.parameters.bound import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the readings of every route with the readers that every task may have."""
    most = [end for end in _most_readers(draft) if end.path[0] != "escalation"]
    for name, route in draft.written.escalation.routes.items():
        for end in most:
            if route.readings > end.value:
                message = f"`{name}` asks for {route.readings} readings of a task, and {end.shown} allows fewer"
                path = ("escalation", "routes", name)
                yield Flaw(message, path, f"Allow {route.readings} readers, or give the route fewer `readers:`.", "key")


def _most_readers(draft: Draft) -> Iterator[End]:
    """Yield limits of the readers of any task; those of a class or under a condition are about some."""
    anywhere = {use.path for use in draft.uses if not (use.classes or use.own_classes or use.is_conditional)}
    for one in ranges(draft).values():
        if one.upper is not None and one.upper.bound.of == READERS and one.upper.path[:-1] in anywhere:
            yield one.upper


LINT = Lint(
    code="more-readers-than-allowed",
    level="warning",
    means="A route asks for more readings of a task than it may have.",
    why=(
        "The task that escalates is read as often as the route says, and its verdict then says that too many have "
        "read it."
    ),
    wrong="""\
readers: {rules: {enough-readers: {max: 1}}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}}
""",
    right="""\
readers: {rules: {enough-readers: {max: 2}}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}}
""",
    find=find,
)
