"""A criterion escalates everything that is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.general_limits import stands_at
from guidelint.language.lint.numbers.limits_of_parts import beside_criteria

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the limits of criteria with the opposite ones of the rules that return work."""
    for pair in beside_criteria(draft):
        if not pair.use.is_conditional:
            for end, other in pair.crossed():
                message = f"{end.shown} escalates everything that {other.shown} of `{stands_at(other)}` accepts"
                yield Flaw(message, end.path, "Write the limit beyond which somebody else decides, or delete it.")


LINT = Lint(
    code="everything-escalates",
    level="warning",
    means="A criterion escalates everything that is accepted.",
    why=(
        "What the same rule accepts lies beyond the limit of the criterion, so every region goes to somebody else, and "
        "nothing is told apart. Most likely the least was meant where the most is written, or another number."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {min_mm2: 40}}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 20}, to: senior}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {min_mm2: 40}}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 200}, to: senior}}
""",
    find=find,
)
