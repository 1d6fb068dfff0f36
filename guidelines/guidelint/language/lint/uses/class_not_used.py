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
    """Look for classes without effect: the rule takes none, or is given others."""
    for use in draft.uses:
        if use.classes and use.own_classes:
            yield from _of_other_classes(use)
        elif use.classes and use.escalates and not type(use.rule).scope.per_class:
            yield from _unused(use)


def _unused(use: Use) -> Iterator[Flaw]:
    rule, path = type(use.rule), (*use.path[:-1], "class")
    if not fields_of(rule, Concerned):
        yield Flaw(f"`{rule.id()}` judges {rule.scope.judges}, whatever the class", path, "Delete `class:` here.")


def _of_other_classes(use: Use) -> Iterator[Flaw]:
    rule, own = type(use.rule), use.own_classes
    if {*own} == {*use.classes}:
        return
    name = next(name for name in fields_of(rule, Concerned) if getattr(use.rule, name))
    judges = f"`{rule.id()}` judges {listed(own)}, as its `{name}:` says"
    if use.escalates:
        message = f"{judges}, whatever stands under `class:`"
        yield Flaw(message, (*use.path[:-1], "class"), f"Delete `class:` here, or `{name}:` beneath the rule.")
    else:
        message = f"{judges}, and stands under {listed(use.classes)}"
        yield Flaw(message, (*use.path, name), f"Delete `{name}:` here, or write the rule under `{_home(use)}:`.")


def _home(use: Use) -> str:
    """Name the part for rules of its scope that are for no class."""
    return ": ".join(type(use.rule).scope.section)


LINT = Lint(
    code="class-not-used",
    means="A rule stands under a class, or an escalation names one, but it judges everything, or other classes.",
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
