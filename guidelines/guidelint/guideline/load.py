"""Load a guideline: text in, ``Guideline`` or all its problems out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from guidelint.guideline.coherence import flaws
from guidelint.guideline.forms import Forms, forms
from guidelint.guideline.parse import parse
from guidelint.guideline.problem import GuidelineProblems, Problem
from guidelint.guideline.resolve import resolve
from guidelint.guideline.tree import Branch, Leaf, Node, Path, edited, follow, node_at, plain
from guidelint.guideline.words import problems_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from guidelint.guideline.model import Guideline
    from guidelint.guideline.written import WrittenBody, WrittenGuideline
    from guidelint.validation.plan import Catalogue

_M = TypeVar("_M", bound=BaseModel)
_ROUNDS = 8
"""How often what is broken is taken out to see what else is."""


def load(text: str, filename: str = "guideline.yaml", *, catalogue: Catalogue | None = None) -> Guideline:
    """Read a guideline from YAML. Raises GuidelineProblems with everything that is wrong, and nothing else."""
    rules = _installed() if catalogue is None else catalogue
    parsed = parse(text)
    problems = list(parsed.problems)
    if parsed.root is not None:
        written, more = _read(parsed.root, rules)
        problems += more
        if written is not None and not problems:
            return resolve(written)
    raise GuidelineProblems(tuple(problems), text, filename)


def _installed() -> Catalogue:
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415 - loads every rule; not needed to be imported

    return catalogue()


def _read(root: Node, rules: Catalogue) -> tuple[WrittenGuideline | None, list[Problem]]:
    known = forms(rules)
    root = _numbers_as_text(root, known)
    errors = _errors(known.guideline, root)
    problems = list(problems_of(errors, root, known.guideline, rules))
    if not errors:
        written = _validated(known.guideline, root)
        return written, [flaw.problem(root) for flaw in flaws(written, root)]
    if (body := _what_remains(root, known)) is not None:
        problems += [flaw.problem(root) for flaw in flaws(body, root)]
    return None, problems


def _validated(model: type[_M], root: Node) -> _M:
    return model.model_validate(plain(root), by_alias=True, by_name=False)


def _errors(model: type[BaseModel], root: Node) -> list[ErrorDetails]:
    try:
        _validated(model, root)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _numbers_as_text(root: Node, known: Forms) -> Node:
    """Where text is wanted, an unquoted number is the text that was written: ``version: 1.10`` is 1.10, not 1.1."""
    for _ in range(_ROUNDS):
        errors = _errors(known.guideline, root)
        paths = {_standing(root, error["loc"]) for error in errors if error["type"] == "string_type"}
        changes = {
            path: Leaf(node.written, node.written, node.span)
            for path in paths
            if isinstance(node := node_at(root, path), Leaf) and not isinstance(node.value, str | None)
        }
        if not changes:
            break
        root = edited(root, changes)
    return root


def _what_remains(root: Node, known: Forms) -> WrittenBody | None:
    """Take out everything broken and read the rest, so that contradictions elsewhere are told at once too."""
    if not isinstance(root, Branch):
        return None
    body: Node = Branch(
        {key: entry for key, entry in root.entries.items() if key in known.body.model_fields}, root.span
    )
    for _ in range(_ROUNDS):
        errors = _errors(known.body, body)
        if not errors:
            return _validated(known.body, body)
        body = edited(body, {_broken(body, error): None for error in errors})
    return None


def _broken(root: Node, error: ErrorDetails) -> Path:
    """Path of what must go: the wrong value, or the part that lacks something."""
    return _standing(root, error["loc"][:-1] if error["type"] == "missing" else error["loc"])


def _standing(root: Node, path: Path) -> Path:
    """As much of a path as stands in the file."""
    return path[: len(list(follow(root, path)))]
