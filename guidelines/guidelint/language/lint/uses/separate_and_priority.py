"""Two classes must not overlap, and it is said whose the pixels are where they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.nesting import parted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for pairs of different classes that share no pixel, both of which stand in `priority`."""
    order = dict.fromkeys(draft.written.priority or ())
    for pair in parted(draft):
        if len(pair.classes) > 1 and pair.classes <= order.keys():
            one, other = (name for name in order if name in pair.classes)
            message = f"by `priority`, pixels of `{one}` and `{other}` belong to `{one}`, so that this never departs"
            yield Flaw(message, pair.path, "Take the pair out here, or one of the two out of `priority:`.")


LINT = Lint(
    code="separate-and-priority",
    means="Two classes must not overlap, and `priority` says whose the pixels are where they do.",
    why=(
        "Pixels that belong to the first are taken from the second before anything is compared: the rule never finds "
        "an overlap. Either may annotators draw one over the other, or they may not."
    ),
    wrong="""\
classes:
  core: {title: Core, definition: The dense middle., draw: polygon}
  rim: {title: Rim, definition: What lies around it., draw: polygon}
priority: [core, rim]
relations: {apart: {separate: {pairs: [[core, rim]]}}}
""",
    right="""\
classes:
  core: {title: Core, definition: The dense middle., draw: polygon}
  rim: {title: Rim, definition: What lies around it., draw: polygon}
priority: [core, rim]
""",
    find=find,
)
