"""A route asks for more readings of a task than it may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.most_readers import most_readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the readings of every route with the readers that every task may have."""
    most = most_readers(draft)
    for name, route in draft.written.escalation.routes.items():
        for end in most:
            if route.readings > end.value:
                message = f"`{name}` asks for {route.readings} readings of a task, and {end.shown} allows fewer"
                path = ("escalation", "routes", name)
                yield Flaw(message, path, f"Allow {route.readings} readers, or give the route fewer `readers:`.", "key")


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
