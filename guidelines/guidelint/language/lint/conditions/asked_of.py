"""Of which classes the condition of a use is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.text.suggest import listed
from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.rule_uses import Use


def asked_of(use: Use, written: WrittenBody) -> tuple[str, ...]:
    """List the classes of whose regions the condition is asked: those that the use judges, and draws so."""
    tools = type(use.rule).tools
    named = (name for name in concerned(use, written) if name in written.classes)
    return tuple(name for name in named if tools is None or {*written.classes[name].draw} & tools)


def concerned(use: Use, written: WrittenBody) -> tuple[str, ...]:
    """List the classes that a use judges, however they are drawn."""
    return use.own_classes or use.classes or _asked_the_question(use, written) or tuple(written.classes)


def _asked_the_question(use: Use, written: WrittenBody) -> tuple[str, ...]:
    """List the classes that are asked what the rule is about, where it is about a question."""
    for asks in fields_of(type(use.rule), Concerned).values():
        question = written.attributes.get(str(getattr(use.rule, asks.asked))) if asks.asked else None
        if question is not None and not question.per_image:
            return tuple(question.of)
    return ()


def for_some_only(use: Use, classes: Iterable[str]) -> str:
    """Say how a use is written for some classes only; empty where it cannot be, or there are none."""
    names = tuple(classes)
    if not names:
        return ""
    if use.escalates:
        return f"Name under `class:` those that the criterion is meant for: {listed(names)}."
    if fields_of(type(use.rule), Concerned):
        return f"Name under `classes:` those that the rule is meant for: {listed(names)}."
    return f"Write the rule under `rules:` of {listed(names)}." if type(use.rule).scope.per_class else ""
