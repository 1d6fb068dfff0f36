"""A page for each part of a guideline beside classes, questions and rules: an example, its keys, who enforces them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from textwrap import dedent
from typing import TYPE_CHECKING, Final

from guidelint.language.enforcement.statements import said_of
from guidelint.language.form.allowed_keys import part_at, written_fields
from guidelint.language.form.enforced import place_in_words
from guidelint.language.form.rule_fields import forms
from guidelint.language.form.written import WrittenRules
from guidelint.language.reference.language_pages import Section, shown
from guidelint.language.schema.guideline_schema import whole_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from guidelint.language.form.enforced import EnforcedBy
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.rule import Catalogue


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a guideline that has a page."""

    title: str
    does: str
    """What it is for, in a sentence or two."""
    keys: tuple[str, ...]
    """Keys of the guideline under which it stands."""
    parts: tuple[tuple[str, KeyPath], ...]
    """Heading and place of each table of keys; ``*`` is a name of the author's."""


PAGES: Final = (
    Page(
        "Authors, approval and changes",
        "Who wrote the guideline, who answers for it, since when it holds, and what is new for annotators. These keys "
        "stand beside `version` and `title`.",
        ("authors", "approvals", "effective", "supersedes", "changes"),
        (("Authors", ("authors", "0")), ("Approvals", ("approvals", "0"))),
    ),
    Page(
        "Images",
        "What the images must be. Modality and pixel spacing are judged with every submission.",
        ("images",),
        (
            ("Images", ("images",)),
            ("Slice thickness", ("images", "slice_thickness")),
            ("Matrix", ("images", "matrix")),
            ("Magnification", ("images", "magnification")),
            ("Windows", ("images", "windows", "*")),
            ("Series", ("images", "series")),
            ("Privacy", ("images", "privacy")),
        ),
    ),
    Page(
        "Not annotated",
        "What is seen in images, has a name, and is not marked. Annotators read it below the classes; work that is "
        "labelled so comes back, as under any label that is no class.",
        ("not_annotated",),
        (("Each entry", ("not_annotated", "*")),),
    ),
    Page(
        "Procedure",
        "How work is done, step by step. Annotators read the steps before the classes, numbered, and where to go on.",
        ("procedure",),
        (
            ("Procedure", ("procedure",)),
            ("Each step", ("procedure", "steps", "*")),
            ("Checkpoint", ("procedure", "steps", "*", "checkpoint")),
        ),
    ),
    Page(
        "Edge cases",
        "What is rare or hard, what is done then, and whom to ask: a route of `escalation`. Annotators read it after "
        "the classes.",
        ("edge_cases",),
        (("Each entry", ("edge_cases", "*")),),
    ),
    Page(
        "Review",
        "Who looks at work once more. What two readers must both read is asked for with the rule "
        "[enough-readers](../rules/enough-readers.md), which may stand at a class.",
        ("review",),
        (("Review", ("review",)), ("Tiers", ("review", "tiers", "*")), ("Audit", ("review", "audit"))),
    ),
    Page(
        "Readers",
        "How far readers must agree beyond [overlap-agreement](../rules/overlap-agreement.md), "
        "[answer-agreement](../rules/answer-agreement.md) and [enough-readers](../rules/enough-readers.md), and what "
        "becomes of their readings.",
        ("readers",),
        (
            ("Readers", ("readers",)),
            ("Answers", ("readers", "answers", "*")),
            ("Answers on each task", ("readers", "answers", "*", "on_each_task")),
            ("Regions", ("readers", "regions", "*")),
            ("Answers about regions", ("readers", "regions", "*", "answers", "*")),
            ("Regions by size", ("readers", "regions", "*", "by_size", "*")),
            ("Surface Dice", ("readers", "regions", "*", "surface_dice")),
            ("Consensus", ("readers", "consensus")),
        ),
    ),
    Page(
        "Annotators",
        "Who may annotate, and how much. The least time for the work is asked for with the rule "
        "[minimum-time](../rules/minimum-time.md).",
        ("annotators",),
        (
            ("Annotators", ("annotators",)),
            ("Roles", ("annotators", "roles", "*")),
            ("Exam", ("annotators", "roles", "*", "exam")),
        ),
    ),
    Page(
        "Calibration",
        "How annotators are held against known answers, again and again.",
        ("calibration",),
        (("Calibration", ("calibration",)),),
    ),
    Page(
        "AI assistance",
        "What models may suggest, and how it is watched. Annotators read which classes are suggested.",
        ("ai_assistance",),
        (("AI assistance", ("ai_assistance",)), ("Models", ("ai_assistance", "models", "*"))),
    ),
    Page(
        "Balance",
        "What a data set must be made of. Shares of classes are asked for with the rule "
        "[class-balance](../rules/class-balance.md).",
        ("balance",),
        (("Balance", ("balance",)), ("Groups", ("balance", "groups", "*", "*"))),
    ),
    Page(
        "Delivery",
        "What is handed over. That every task is done is asked for with the rule "
        "[complete-delivery](../rules/complete-delivery.md).",
        ("delivery",),
        (("Delivery", ("delivery",)),),
    ),
    Page(
        "Regulation",
        "What laws and standards ask for. guidelint tells no date of a law by itself; how images are de-identified "
        "stands under `images`, `privacy`.",
        ("regulation",),
        (
            ("Regulation", ("regulation",)),
            ("Laws", ("regulation", "laws", "*")),
            ("Retention", ("regulation", "retention")),
        ),
    ),
)
_HEAD: Final = "<!-- Generated from the models by `scripts/generate`; do not edit. -->\n"


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Make the pages by file name, and one that lists them."""
    schema, model = whole_schema(catalogue), forms(catalogue).guideline
    made = {file_of(page): _page(page, schema, model, catalogue) for page in PAGES}
    listed = [f"- [{page.title}]({file_of(page)}): {page.does.partition('. ')[0].rstrip('.')}." for page in PAGES]
    index = [_HEAD, "# Parts of a guideline", "", _ABOUT, "", *listed, ""]
    return {"README.md": "\n".join(index), **made}


def file_of(page: Page) -> str:
    """Name the file of a page."""
    return f"{page.title.lower().replace(',', '').replace(' ', '-')}.md"


def snippet(key: str) -> str:
    """Give the example of a key of the guideline as it stands among the examples."""
    text = files("guidelint.language.schema").joinpath("examples.yaml").read_text("utf-8")
    _, _, of_guideline = text.partition("\nGuideline:\n")
    found = re.search(rf"^  {key}:.*\n(?:   +.*\n)*", of_guideline, re.MULTILINE)
    return dedent(found[0]) if found else ""


def _page(page: Page, schema: dict[str, object], model: type[BaseModel], catalogue: Catalogue) -> str:
    example = "".join(snippet(key) for key in page.keys)
    tables = [_table(heading, path, schema, model, catalogue) for heading, path in page.parts]
    return "\n".join(
        [_HEAD, f"# {page.title}", "", page.does, "", "```yaml", f"{example}```", "", *tables, *_enforced(page, model)]
    )


def _table(heading: str, path: KeyPath, schema: dict[str, object], model: type[BaseModel], catalogue: Catalogue) -> str:
    part = part_at(model, path)
    name = part.__name__ if part else ""
    under = ", ".join(f"`{step}`" for step in path if step not in {"*", "0"})
    each = "each entry of " if path[-1] in {"*", "0"} else ""
    where = f"{each or 'under '}{under}."
    return shown(Section(heading, name, where[:1].upper() + where[1:]), schema, catalogue)


def _enforced(page: Page, model: type[BaseModel]) -> Iterator[str]:
    """Tell where the keys are enforced, those that are enforced alike together."""
    found: dict[str, list[str]] = {}
    for key in page.keys:
        for path, said in _said(model, (key,)):
            found.setdefault(_in_words(said), []).append(": ".join(step for step in path if step != "*"))
    yield "## Where it is enforced"
    yield ""
    yield from (f"- {words}: {', '.join(f'`{key}`' for key in keys)}" for words, keys in found.items())
    yield ""
    yield "`guidelint compile --report` tells it of every key that a guideline gives."
    yield ""


def _said(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], EnforcedBy]]:
    """Yield what the keys of a part say, and those beneath that say otherwise; rules say it themselves."""
    if (said := said_of(model, path)) is not None:
        yield path, said
    below = ((*path, *["*"] * deep) for deep in range(3))
    around, part = next(((place, part) for place in below if (part := part_at(model, place))), (path, None))
    if part is not None and not issubclass(part, WrittenRules):
        for key in written_fields(part):
            yield from _said(model, (*around, key))


def _in_words(said: EnforcedBy) -> str:
    """Say where something is enforced, and by what."""
    parts = [f"by the rule [{rule}](../rules/{rule}.md)" for rule in said.rules]
    if said.place is not None:
        parts.append(f"{place_in_words(said.place)} ({said.how})")
    words = ", ".join(parts) or "in the editor"
    return words[:1].upper() + words[1:]


_ABOUT: Final = """\
Beside classes, questions and rules a guideline says much that a protocol says: how work is done, who reads and reviews,
what is handed over. All of it is typed, completed by editors, and printed where annotators act on it. What no program
enforces yet is marked so on its page."""
