"""Everything that is wrong with a tree, each mistake once: parts first, then what is wrong between them."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from guidelint.language.lint.every_lint import flaws
from guidelint.language.mistakes.keys.among_names import among_names
from guidelint.language.mistakes.layout.continued import continued
from guidelint.language.mistakes.layout.indented import misindented
from guidelint.language.mistakes.layout.left_empty import left_empty
from guidelint.language.mistakes.layout.odd_characters import odd_characters
from guidelint.language.mistakes.layout.thousands import thousands
from guidelint.language.mistakes.layout.unseen import unseen
from guidelint.language.reading import reading
from guidelint.language.text.problem import MOST
from guidelint.language.text.tree import Branch, KeyPath, Node, edited, follow, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pydantic_core import ErrorDetails

    from guidelint.language.form.rule_fields import Forms
    from guidelint.language.form.written import WrittenBody, WrittenGuideline
    from guidelint.language.lint.flaw import Flaw
    from guidelint.language.lint.lint import Lint
    from guidelint.language.reading import Reading
    from guidelint.language.text.problem import Problem
    from guidelint.language.text.tree import Parts
    from guidelint.validation.rule.rule import Catalogue

ROUNDS = 8
"""How often what is broken is taken out to see what else is."""


def told(
    read: Reading[WrittenGuideline],
    known: Forms,
    rules: Catalogue,
    lines: Sequence[str],
    caused: AbstractSet[KeyPath] = frozenset(),
    *,
    most: int = MOST,
) -> Iterator[Problem]:
    """Yield every mistake once; what only follows from another is left out, as is what was ``caused`` before."""
    root, errors, parts = read.root, read.errors, tuple(walk(read.root))
    slipped = list(misindented(root, known.guideline, lines)) or list(among_names(root, known.guideline, lines))
    odd = chain(odd_characters(parts, lines), unseen(parts), continued(parts, root, lines))
    written = [*slipped, *islice(odd, MOST + 1)]
    causes = {*caused, *(path for paths, _ in written for path in paths)}
    causes |= _meant(causes, known)
    empty = {path: problem for path, problem in left_empty(parts, known.guideline, lines) if not _within(path, causes)}
    causes |= {path for path, problem in empty.items() if problem.code == "commented-out"}
    others = [error for error in errors if not _within(error["loc"], causes)]
    between = [] if slipped else list(islice(_between(read, causes, parts, known), most + 1))
    told_otherwise = {error["loc"] for error in errors} | {flaw.path for _, flaw in between}
    yield from (problem for _, problem in written)
    yield from islice(thousands(parts), MOST)
    yield from _in_words(others, root, known, rules)
    wrong = {flaw.path for lint, flaw in between if lint.level == "error"}
    for lint, flaw in between:
        if not _within(flaw.path, causes) and (lint.level == "error" or flaw.path not in wrong):
            yield flaw.problem(lint.code, lint.level, root, lines)
    for path, problem in empty.items():
        if path in causes or not {path, path[:-1]} & told_otherwise:
            yield problem


def _meant(causes: set[KeyPath], known: Forms) -> set[KeyPath]:
    """Give the keys that stand for others, as those."""
    if not causes:
        return set()
    from guidelint.language.mistakes.keys.unknown_key import meant_key  # noqa: PLC0415 - a sound text needs none of the words

    return {(*path[:-1], meant_key(path, known.guideline) or "") for path in causes}


def _in_words(errors: Sequence[ErrorDetails], root: Node, known: Forms, rules: Catalogue) -> Iterator[Problem]:
    """Say what is wrong, but for what is told of a value that a slip has cut in two."""
    if not errors:
        return
    from guidelint.language.mistakes.words import problems_of  # noqa: PLC0415 - as above

    found = list(islice(problems_of(errors, root, known.guideline, rules), MOST + 1))
    slips = {problem.span.line: problem.span for problem in found if problem.code == "not-yaml"}
    for problem in found:
        slip = slips.get(problem.span.line)
        if slip is None or problem.span == slip or not slip.column <= problem.span.column < slip.end_column:
            yield problem


def _within(path: KeyPath, causes: set[KeyPath]) -> bool:
    return any(path[:length] in causes for length in range(1, len(path) + 1))


def _between(
    read: Reading[WrittenGuideline], causes: set[KeyPath], parts: Parts, known: Forms
) -> Iterator[tuple[Lint, Flaw]]:
    """Yield what is wrong between the parts, as far as they can be read; what is only unwise, where all of it can."""
    whole = read.written or _what_remains(read.root, known)
    broken = [*(error["loc"] for error in read.errors), *causes]
    around = {path[:length] for path in broken for length in range(len(path) + 1)}
    if whole is not None:
        for lint, flaw in flaws(whole, read.root, parts):
            if read.errors and lint.level != "error":
                continue
            if not lint.is_consequence or flaw.path not in around:
                yield lint, flaw


def _what_remains(root: Node, known: Forms) -> WrittenBody | None:
    """Take out everything broken and read the rest, so that contradictions elsewhere are told at once too."""
    if not isinstance(root, Branch):
        return None
    body: Node = Branch(
        {key: entry for key, entry in root.entries.items() if key in known.body.model_fields}, root.span
    )
    for _ in range(ROUNDS):
        read = reading(known.body, body)
        if read.written is not None:
            return read.written
        body = edited(body, {_broken(body, error): None for error in read.errors})
    return None


def _broken(root: Node, error: ErrorDetails) -> KeyPath:
    """Path of what must go: the wrong value, or the part that lacks something."""
    return standing(root, error["loc"][:-1] if error["type"] == "missing" else error["loc"])


def standing(root: Node, path: KeyPath) -> KeyPath:
    """As much of a path as stands in the file."""
    return path[: len(list(follow(root, path)))]
