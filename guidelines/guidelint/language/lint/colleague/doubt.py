"""Answers that say that somebody is not sure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.validation.rule.parameters.naming import DepartsOn
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft

_DOUBT = re.compile(
    r"\b(?:unsure|not[ -]sure|uncertain|in[ -]doubt|can(?:not|'t| not)[ -]tell|unclear|don'?t[ -]know"
    r"|unsicher|unklar|incertain|incierto|incerto)\b",
    re.IGNORECASE,
)


def _says_doubt(key: str, title: str) -> bool:
    """Whether an option says so, by its key or its title."""
    return bool(_DOUBT.search(key) or _DOUBT.search(title))


def doubts(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """Yield every option that says so: question, kind of answer, option."""
    for name, question in draft.written.attributes.items():
        for option, part in question.options.items() if question.kind != "scale" else ():
            if _says_doubt(option, part.title):
                yield name, question.answer_key, option


def escalated(draft: Draft) -> frozenset[tuple[str, str]]:
    """Give the answers that escalate, each with its question; of a question alone: its doubt is a step of a scale."""
    return draft.once(_escalated)


def _escalated(draft: Draft) -> frozenset[tuple[str, str]]:
    found = set[tuple[str, str]]()
    for use in draft.uses:
        if use.escalates:
            for name, departs in fields_of(type(use.rule), DepartsOn).items():
                question = str(getattr(use.rule, departs.question))
                found |= {(question, str(option)) for option in getattr(use.rule, name)}
                if any(getattr(use.rule, other) is not None for other in departs.unless):
                    found.add((question, ""))
    return frozenset(found)
