"""An escalation names a class, and its rule judges something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import listed
from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for criteria whose class has no effect: the rule takes none, or is given others."""
    for use in draft.uses:
        if use.classes and use.path[0] == "escalation" and not type(use.rule).scope.per_class:
            yield from _unused(use)


def _unused(use: Use) -> Iterator[Flaw]:
    rule, path = type(use.rule), (*use.path[:-1], "class")
    name = next(iter(fields_of(rule, Concerned)), None)
    if name is None:
        yield Flaw(f"`{rule.id()}` judges {rule.scope.judges}, whatever the class", path, "Delete `class:` here.")
        return
    own: tuple[str, ...] = getattr(use.rule, name)
    if own and {*own} != {*use.classes}:
        message = f"`{rule.id()}` judges {listed(own)}, as its `{name}:` says, whatever stands under `class:`"
        yield Flaw(message, path, f"Delete `class:` here, or `{name}:` beneath the rule.")


LINT = Lint(
    code="class-not-used",
    means="An escalation names a class, but its rule judges the whole submission, or other classes.",
    why="The class would have no effect. Leave it out, or choose a rule that judges regions of a class.",
    wrong="""\
escalation:
  routes: {senior: {who: Senior reader}}
  when:
    other-scanner: {class: lesion, allowed-modality: {modality: [CT]}, to: senior}
""",
    right="""\
escalation:
  routes: {senior: {who: Senior reader}}
  when:
    other-scanner: {allowed-modality: {modality: [CT]}, to: senior}
""",
    find=find,
)
