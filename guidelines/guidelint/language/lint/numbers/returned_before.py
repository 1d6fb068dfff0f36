"""A criterion escalates only what is returned by the same rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.general_limits import both, stands_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the limits of criteria with those of the rules that return work."""
    for pair in both(draft):
        if pair.use.escalates:
            for end, other in pair.laxer():
                message = f"{end.shown} escalates only what {other.shown} of `{stands_at(other)}` returns before"
                yield Flaw(message, end.path, f"Write a limit within {other.shown}, or delete one of the two.")


LINT = Lint(
    code="returned-before",
    level="warning",
    means="A criterion escalates only what is returned by the same rule.",
    why=(
        "Returned work is corrected before anybody else decides on it, and then it is within the limit: the "
        "criterion is met by nothing that is accepted. Let it escalate earlier than it returns, or not return."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {area-limits: {max_mm2: 400}}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {area-limits: {max_mm2: 400}}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 200}, to: senior}}
""",
    find=find,
)
