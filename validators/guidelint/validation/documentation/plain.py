"""A rule explained in plain text, for a terminal."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from guidelint.validation.documentation.in_guideline import NOWHERE
from guidelint.validation.documentation.markdown import case_lines
from guidelint.validation.documentation.rule_text import as_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.documentation.case_text import CaseText
    from guidelint.validation.documentation.in_guideline import InGuideline
    from guidelint.validation.documentation.rule_text import RuleText


def plain(text: RuleText, where: InGuideline = NOWHERE) -> str:
    """Explain a rule in plain text."""
    return "\n".join((text.id, "=" * len(text.id), text.asks, "", *_facts(text), *_where(where), *_body(text)))


def _facts(text: RuleText) -> Iterator[str]:
    yield f"Judges:  {text.judges}"
    yield f"Level:   {text.level}"
    if text.tools:
        yield f"Tools:   {', '.join(text.tools)}"
    if text.always:
        yield "Always:  judged under every guideline"
        yield f"Set:     {', '.join(text.settings)}" if text.settings else f"Set:     never; {text.fixed_because}"
    yield ""


def _where(where: InGuideline) -> Iterator[str]:
    """Tell where in a guideline it may stand."""
    if where.places:
        yield from (f"Stands in: {', '.join(where.places)}", "", indent(where.example, "  "))


def _body(text: RuleText) -> Iterator[str]:
    for heading, words in text.sections.items():
        if heading == "Source":
            yield from (*_parameters(text), *_told(text), *_cases(text.cases))
        yield from (heading, indent(words, "  "), "")


def _parameters(text: RuleText) -> Iterator[str]:
    if not text.parameters:
        return
    yield "Parameters"
    for one in text.parameters:
        default = f"default {one.default}" if one.default else "must be given"
        yield f"  {one.name} ({one.type.replace('`', '')}; {default})"
        yield f"    {one.meaning}"
    yield ""


def _told(text: RuleText) -> Iterator[str]:
    if text.told is None:
        return
    yield "What annotators read"
    if text.told.given:
        yield f"  {text.id}: {as_yaml(text.told.given)}"
    yield f"  {text.told.asked}"
    if text.told.escalates:
        yield f"  If {text.told.escalates}: …"
    yield ""


def _cases(cases: tuple[CaseText, ...]) -> Iterator[str]:
    yield "Cases"
    for case in cases:
        yield f"  {case.title}"
        if case.why:
            yield f"    {case.why}"
        yield from (f"    {line}".rstrip() for line in case_lines(case))
        yield from (f"    → {line}" for line in case.outcome)
        yield ""
