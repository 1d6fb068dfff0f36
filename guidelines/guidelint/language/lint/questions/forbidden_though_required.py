"""A question must always be answered, and under a condition must not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.guideline import may_stay_open
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import Forbidden, Required
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for questions of which both is asked, and for those that forbid themselves."""
    for name, question in draft.written.attributes.items():
        forbidden = question.forbidden
        if forbidden is None:
            continue
        path = ("attributes", name, "forbidden")
        if not may_stay_open(question.required):
            message = f"`{name}` must always be answered, and must not be where this holds"
            yield Flaw(message, path, "Say under `required:` when it is asked, or delete `forbidden:`.", "key")
        elif name in {*forbidden.when, *forbidden.when_number}:
            message = f"`{name}` must not be answered where it is itself answered in some way"
            yield Flaw(message, path, "Name another question, or take the answer out of the options.", "key")
        elif question.required is not None and _conditions(question.required) == _conditions(forbidden):
            message = f"`{name}` must be answered and must not be, both where the same holds"
            yield Flaw(message, path, "Name the other answers under one of the two.", "key")


def _conditions(part: Required | Forbidden) -> tuple[object, object, object]:
    return part.when, part.when_number, part.where


LINT = Lint(
    code="forbidden-though-required",
    means="A question must always be answered, and under a condition must not be.",
    why="Where the condition holds, the work is returned with the answer and without it. Say when it is asked.",
    wrong="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {solid: Solid, cyst: Cyst}, required: true}
  rim:
    title: Rim
    of: lesion
    choose_one: {sharp: Sharp, faint: Faint}
    required: true
    forbidden: {when: {kind: cyst}}
""",
    right="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {solid: Solid, cyst: Cyst}, required: true}
  rim:
    title: Rim
    of: lesion
    choose_one: {sharp: Sharp, faint: Faint}
    required: {when: {kind: solid}}
    forbidden: {when: {kind: cyst}}
""",
    find=find,
)
