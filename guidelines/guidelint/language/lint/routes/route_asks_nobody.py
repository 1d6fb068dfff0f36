"""An escalation asks for so few readings that whoever caused it has made them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.targets import READERS_COMPARED, targets_of_tasks
from guidelint.validation.rule.parameters.bound import READERS, Lower
from guidelint.validation.rule.parameters.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import RouteDefinition
    from guidelint.language.lint.draft import Draft
    from guidelint.validation.rule.rule import Rule


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for routes to another reader that are reached only when the task has so many readings already."""
    routes, ordinary = draft.written.escalation.routes, _ordinary(draft)
    for name, criterion in draft.written.escalation.when.items():
        route, rule = routes.get(criterion.to), criterion.use.rule
        if route is not None and (message := _too_few(rule, route, criterion.to, ordinary)):
            least = max(rule.compares_readers + 1, _asked_for(rule), ordinary + 1)
            path = ("escalation", "when", name, "to")
            yield Flaw(
                message, path, f"Give the route `readers: {least}`, or a `person`; or `readers: 1` to look at it."
            )
    for place, target in targets_of_tasks(draft):
        route, least = routes.get(target.to or ""), max(READERS_COMPARED, ordinary) + 1
        if route is not None and not route.person and 1 < route.readings < least:
            message = f"two readers are compared, and `{target.to}` asks for {route.readings} readings in all"
            remedy = f"Give the route `readers: {least}`, or a `person`; or `readers: 1` to look at it."
            yield Flaw(message, (*place, "to"), remedy)


def _ordinary(draft: Draft) -> int:
    """Tell how many readers every task has anyway; 0: nothing asks for a number."""
    return max(
        (
            _asked_for(use.rule)
            for use in draft.uses
            if not (use.escalates or use.is_conditional or use.own_classes) and use.level == "error"
        ),
        default=0,
    )


def _too_few(rule: Rule, route: RouteDefinition, name: str, ordinary: int) -> str:
    """Say how a route asks for too few readings; nothing where it asks somebody by name, or only for a look."""
    readings = route.readings
    if readings == 1 or route.person:
        return ""
    if readings <= rule.compares_readers:
        compared = rule.compares_readers
        return f"`{rule.id()}` needs {compared} readings to find anything, and `{name}` asks for {readings} in all"
    if readings < (wanted := _asked_for(rule)):
        return f"`{rule.id()}` asks for {wanted} readers, and `{name}` for {readings} in all"
    if readings <= ordinary and not wanted:
        return f"every task is read by {ordinary} anyway, and `{name}` asks for {readings} readings in all"
    return ""


def _asked_for(rule: Rule) -> int:
    """Tell how many readers a rule itself asks for."""
    bounds = ((one.of(Lower), one.value) for one in said(rule))
    found = [value for bound, value in bounds if bound is not None and bound.of == READERS and isinstance(value, int)]
    return max(found, default=0)


LINT = Lint(
    code="route-asks-nobody",
    means="An escalation asks for another reader, and the task has all those readings already.",
    why="`readers` counts all readings of the task, those that caused the escalation among them. Two who disagree need "
    "a third: with `readers: 2`, which also holds where nothing is said, nobody would be asked. So it is where every "
    "task is read by two anyway.",
    wrong="""\
readers: {rules: {enough-readers: {min: 2}}}
escalation:
  routes: {board: {who: Expert board}}
  when: {readers-differ: {overlap-agreement: {min_dice: 0.7}, to: board}}
""",
    right="""\
readers: {rules: {enough-readers: {min: 2}}}
escalation:
  routes: {board: {who: Expert board, readers: 3}}
  when: {readers-differ: {overlap-agreement: {min_dice: 0.7}, to: board}}
""",
    find=find,
    level="warning",
)
