"""Load a guideline: text in, ``Guideline`` or all its problems out."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from guidelint.guideline.coherence import flaws
from guidelint.guideline.foreign import without_keys
from guidelint.guideline.forms import Forms, forms
from guidelint.guideline.outline import written_fields
from guidelint.guideline.parse import Parsed, parse
from guidelint.guideline.problem import GuidelineProblems, Problem
from guidelint.guideline.resolve import resolve
from guidelint.guideline.tree import Branch, Leaf, Node, Path, edited, follow, node_at, plain
from guidelint.guideline.words import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from guidelint.guideline.model import Guideline
    from guidelint.guideline.written import WrittenBody
    from guidelint.validation.plan import Catalogue

_M = TypeVar("_M", bound=BaseModel)
_ROUNDS = 8
"""How often what is broken is taken out to see what else is."""


def load(text: str, filename: str = "guideline.yaml", *, catalogue: Catalogue | None = None) -> Guideline:
    """Read a guideline from YAML. Raises GuidelineProblems with everything that is wrong, and nothing else."""
    rules = _installed() if catalogue is None else catalogue
    known = forms(rules)
    parsed = parse(text)
    if (other := _another_text(parsed, text, known)) is not None:
        raise GuidelineProblems([other], text, filename)
    if parsed.root is None:
        raise GuidelineProblems(parsed.problems, text, filename)
    root = _numbers_as_text(parsed.root, known)
    errors = _errors(known.guideline, root)
    found = chain(parsed.problems, _told(errors, root, known, rules))
    if first := next(found, None):
        raise GuidelineProblems(chain([first], found), text, filename)
    return resolve(_validated(known.guideline, root))


def _installed() -> Catalogue:
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415 - loads every rule; not needed to be imported

    return catalogue()


def _another_text(parsed: Parsed, text: str, known: Forms) -> Problem | None:
    """Tell that nothing in the text is of a guideline, where the text was read or failed as YAML."""
    if any(problem.code != "not-yaml" for problem in parsed.problems):
        return None
    return without_keys(text, written_fields(known.guideline))


def _told(errors: list[ErrorDetails], root: Node, known: Forms, rules: Catalogue) -> Iterator[Problem]:
    """Yield what is wrong part by part, then what is wrong between the parts."""
    yield from problems_of(errors, root, known.guideline, rules)
    whole = _what_remains(root, known) if errors else _validated(known.guideline, root)
    if whole is not None:
        yield from (flaw.problem(root) for flaw in flaws(whole, root))


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
