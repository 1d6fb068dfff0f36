"""A rule compares readers, and nothing asks for more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.bound import READERS, Bound, Lower, Upper
from guidelint.validation.rule.parameters.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for rules that compare more readers than anything asks for; limits of one, or of fewer, are told as such."""
    least = [value for use in draft.uses if not use.escalates for value in _ends(use, Lower)]
    most = [value for use in draft.uses if not use.escalates for value in _ends(use, Upper)]
    for use in draft.uses:
        wanted = use.rule.compares_readers
        if (
            least != [1]
            and max(least, default=1) < wanted <= min(most, default=wanted)
            and not _more_are_sent_for(use, draft)
        ):
            message = f"`{use.rule.id()}` compares {wanted} readers, and nothing here asks for more than one"
            remedy = f"Ask for them: `readers: {{rules: {{enough-readers: {{min: {wanted}}}}}}}`."
            yield Flaw(message, use.path, remedy, "key")


def _ends(use: Use, end: type[Bound]) -> Iterator[int]:
    for one in said(use.rule, use.path):
        bound = one.of(end)
        if bound is not None and bound.of == READERS and isinstance(one.value, int):
            yield one.value


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
