"""A scale lacks steps between its lowest and its highest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for whole numbers between the steps that are written."""
    for name, question in draft.written.attributes.items():
        steps = sorted(int(step) for step in question.scale or ())
        if steps and len(steps) <= steps[-1] - steps[0]:
            missing = [step for step in range(steps[0], min(steps[-1], steps[0] + _MOST)) if step not in steps]
            listed = ", ".join(map(str, missing[:_SHOWN])) + ("…" if len(missing) > _SHOWN else "")
            message = f"`{name}` goes from {steps[0]} to {steps[-1]}, and nobody can answer {listed}"
            remedy = "Write the steps between as well, each with its title."
            yield Flaw(message, ("attributes", name, "scale"), remedy, "key")


_MOST: Final = 1000
_SHOWN: Final = 5


LINT = Lint(
    code="scale-with-gaps",
    level="warning",
    means="A scale lacks steps between its lowest and its highest.",
    why=(
        "Only the steps that are written can be chosen: two ends alone are a choice of two. Write each step, or use "
        "choose_one where the numbers are only names."
    ),
    wrong="""\
attributes:
  doubt: {title: Doubt, of: lesion, scale: {1: None, 5: Great}, higher_means: less sure}
""",
    right="""\
attributes:
  doubt: {title: Doubt, of: lesion, scale: {1: None, 2: Some, 3: Great}, higher_means: less sure}
""",
    find=find,
)
