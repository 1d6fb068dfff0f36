"""Reference pages of rules, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.documentation.in_guideline import NOWHERE
from guidelint.validation.documentation.rule_text import as_yaml, rule_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.validation.documentation.case_text import CaseText
    from guidelint.validation.documentation.in_guideline import InGuideline
    from guidelint.validation.documentation.rule_text import Parameter, RuleText
    from guidelint.validation.rule.rule import Catalogue
    from guidelint.validation.rule.says import Says

GENERATED = "<!-- Generated from the rule classes by `scripts/generate`; do not edit. -->"


def pages(catalogue: Catalogue, places: Mapping[str, InGuideline]) -> dict[str, str]:
    """Every page by file name: one per rule, and ``README.md``, the index."""
    texts = [rule_text(rule) for rule in catalogue.values()]
    written = {f"{text.id}.md": page(text, places.get(text.id, NOWHERE)) for text in texts}
    return {"README.md": _index(texts), **written}


def page(text: RuleText, where: InGuideline = NOWHERE) -> str:
    """Write the page of one rule."""
    head = (GENERATED, "", f"# {text.id}", "", text.asks, "")
    return "\n".join((*head, *_facts(text), *_where(where), *_body(text, where)))


def _facts(text: RuleText) -> Iterator[str]:
    yield f"- Judges {text.judges}."
    yield f"- Level: {text.level}{', unless the guideline chooses another' * (not text.fixed_because)}."
    if text.tools:
        yield f"- Concerns regions drawn with {', '.join(text.tools)}."
    if text.always:
        yield f"- Judged under every guideline. {_may_be_set(text)}"
    yield ""


def _where(where: InGuideline) -> Iterator[str]:
    """Tell where in a guideline it may stand."""
    if where.places:
        places = ", ".join(f"`{place}`" for place in where.places)
        yield from ("## In a guideline", "", f"It may stand in {places}.", "")
        yield from ("```yaml", where.example.rstrip(), "```", "")


def _may_be_set(text: RuleText) -> str:
    if not text.settings:
        return f"It cannot be set: {text.fixed_because}."
    keys = ", ".join(f"`{key}`" for key in text.settings)
    of_class = ", and for one class under its `rules`" if text.per_class else ""
    return f"May be set under the guideline's `rules`{of_class}: {keys}."


def _body(text: RuleText, where: InGuideline) -> Iterator[str]:
    for heading, words in text.sections.items():
        if heading == "Source":
            yield from (*_parameters(text.parameters, where), *_told(text), *_says(text), *_cases(text.cases))
        yield from (f"## {heading}", "", words, "")


def _parameters(parameters: tuple[Parameter, ...], where: InGuideline) -> Iterator[str]:
    if not parameters:
        return
    yield from ("## Parameters", "", "| name | holds | default | meaning | for example |", "|---|---|---|---|---|")
    for one in parameters:
        default = f"`{one.default}`" if one.default else "must be given"
        shown = where.parameters.get(one.name)
        example = f"`{one.name}: {shown}`" if shown else ""
        yield f"| `{one.name}` | {_cell(one.type)} | {_cell(default)} | {_cell(one.meaning)} | {_cell(example)} |"
    yield ""


def _told(text: RuleText) -> Iterator[str]:
    """Show what annotators read before they begin, with the parameters of an example."""
    if text.told is None:
        return
    yield from ("## What annotators read", "")
    if text.told.given:
        yield from (f"With `{text.id}: {as_yaml(text.told.given)}`:", "")
    yield f"- in the instructions: {text.told.asked}"
    if text.told.escalates:
        yield f"- where it escalates: If {text.told.escalates}: …"
    yield ""


def _says(text: RuleText) -> Iterator[str]:
    yield from ("## What it says", "")
    for says in text.says:
        offline = f" *For whoever holds the file:* {says.do_offline}" if says.do_offline else ""
        yield f"- {says.text}. → {says.do}{offline}{_after(says)}"
        if says.under_condition:
            yield f"- under a condition on regions: {says.under_condition}."
    yield ""


def _after(says: Says) -> str:
    """Tell what such a departure means for the rest of the verdict."""
    return (
        " *It is said of the first region alone.*" * says.of_first
        + " *Until then nothing else is measured of the region.*" * says.leaves_nothing
        + " *Nothing done in the editor mends it, so no work is put back into a queue for it.*" * says.beyond_reach
        + " *In the service it is told once all tasks of what is judged are in.*" * says.of_absence
    )


def _cases(cases: Iterable[CaseText]) -> Iterator[str]:
    yield from ("## Cases", "")
    for case in cases:
        yield from (f"### {case.title}", "")
        if case.why:
            yield from (case.why, "")
        yield from ("```text", *case_lines(case), "```", "")
        yield from (*(f"**{line}**" for line in case.outcome), "")


def case_lines(case: CaseText) -> Iterator[str]:
    """List the parameters, the circumstances and the drawings of a case."""
    yield case.given
    yield from case.circumstances
    for drawn in case.drawings:
        yield from ("", f"{drawn.caption}{':' if drawn.rows else ''}", *(f"  {row}" for row in drawn.rows))


def _index(texts: list[RuleText]) -> str:
    return "\n".join(
        (
            GENERATED,
            "",
            "# Rules",
            "",
            "## Written by authors",
            "",
            *_table(text for text in texts if not text.always),
            "",
            "## Judged under every guideline",
            "",
            *_table(text for text in texts if text.always),
            "",
        )
    )


def _table(texts: Iterable[RuleText]) -> Iterator[str]:
    yield from ("| rule | asks | judges | level |", "|---|---|---|---|")
    for text in texts:
        level = text.level.partition(":")[0]
        yield f"| [{text.id}]({text.id}.md) | {_cell(text.asks)} | {text.judges} | {level} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
