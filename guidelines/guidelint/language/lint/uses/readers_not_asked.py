"""A rule compares readers, and nothing asks for more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import ranges
from guidelint.language.lint.targets import READERS_COMPARED, targets_of_tasks
from guidelint.validation.rule.parameters.bound import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for rules that compare more readers than anything asks for; limits of one, or of fewer, are told as such."""
    every = ranges(draft).items()
    limits = [one for (place, of, _), one in every if of == READERS and place[0] != "escalation"]
    least = [one.lower.value for one in limits if one.lower is not None]
    most = [one.upper.value for one in limits if one.upper is not None]
    told = any(one.lower is not None and one.lower.value <= 1 and one.upper is None for one in limits)
    for use in () if told else draft.uses:
        wanted = use.rule.compares_readers
        is_open = max(least, default=1) < wanted <= min(most, default=wanted)
        if is_open and not _more_are_sent_for(use, draft):
            message = f"`{use.rule.id()}` compares {wanted} readers, and nothing here asks for more than one"
            remedy = f"Ask for them: `readers: {{rules: {{enough-readers: {{min: {wanted}}}}}}}`."
            yield Flaw(message, use.path, remedy, "key")
    asked = told or max(least, default=1) >= READERS_COMPARED or _are_sent_for(draft)
    for path, _ in () if asked else targets_of_tasks(draft):
        message = "the answers of two readers are compared, and nothing here asks for more than one"
        yield Flaw(
            message,
            path,
            f"Ask for them: `readers: {{rules: {{enough-readers: {{min: {READERS_COMPARED}}}}}}}`.",
            "key",
        )


def _are_sent_for(draft: Draft) -> bool:
    """Whether any criterion sends a second reader to a task."""
    routes = draft.written.escalation.routes
    sent = (routes.get(criterion.to) for criterion in draft.written.escalation.when.values())
    return any(route is not None and route.readings >= READERS_COMPARED for route in sent)


def _more_are_sent_for(use: Use, draft: Draft) -> bool:
    """Whether another criterion sends so many readers to a task, by a route that says how many."""
    routes, others = draft.written.escalation.routes, draft.written.escalation.when
    sent = (routes.get(other.to) for other in others.values() if type(other.use.rule) is not type(use.rule))
    return any(route is not None and (route.readers or 0) >= use.rule.compares_readers for route in sent)


LINT = Lint(
    code="readers-not-asked",
    level="warning",
    means="A rule compares readers, and nothing asks for more than one.",
    why=(
        "One reader agrees with nobody, so the rule finds nothing unless a project gives tasks to more readers by "
        "itself. Say in the guideline how many there are."
    ),
    wrong="""\
readers: {rules: {overlap-agreement: {min_dice: 0.7}}}
""",
    right="""\
readers: {rules: {enough-readers: {min: 2}, overlap-agreement: {min_dice: 0.7}}}
""",
    find=find,
)
