"""What a guideline says in prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.text.tree import Leaf, node_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

Told = tuple["KeyPath", str]
"""Where a text stands, and the text."""


def definitions(draft: Draft) -> Iterator[Told]:
    """Yield what says what something is: definitions, and what counts as it or does not."""
    for name, part in draft.written.classes.items():
        path = ("classes", name)
        yield (*path, "definition"), part.definition
        for key in ("includes", "excludes"):
            yield from (((*path, key, at), text) for at, text in enumerate(getattr(part, key)))
    for name, question in draft.written.attributes.items():
        if question.definition:
            yield ("attributes", name, "definition"), question.definition
        for key, option in question.options.items():
            if option.definition:
                yield ("attributes", name, question.answer_key, key, "definition"), option.definition
    for name, other in draft.written.not_annotated.items():
        yield ("not_annotated", name, "definition"), other.definition
    for name, case in draft.written.edge_cases.items():
        if case.seen_as:
            yield ("edge_cases", name, "seen_as"), case.seen_as


def instructions(draft: Draft) -> Told:
    """Give what annotators read before they begin."""
    node = node_at(draft.root, ("instructions",))
    return ("instructions",), node.value if isinstance(node, Leaf) and isinstance(node.value, str) else ""


def titles(draft: Draft) -> Iterator[str]:
    """Yield what classes, questions and options are called, here and elsewhere."""
    for part in draft.written.classes.values():
        yield from (part.title, *part.aliases)
    for question in draft.written.attributes.values():
        yield question.title
        yield from (option.title for option in question.options.values())
