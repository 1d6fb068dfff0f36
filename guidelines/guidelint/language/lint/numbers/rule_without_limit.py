"""A rule compares with limits or answers, and none is given."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import listed
from guidelint.language.text.tree import Leaf, node_at
from guidelint.validation.rule.parameters.bound import Bound, Step
from guidelint.validation.rule.parameters.naming import AnswerOf, OptionOf
from guidelint.validation.rule.parameters.said import item_meanings, meanings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath, Node
    from guidelint.validation.rule.rule import Rule


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for rules without anything to compare with, unless something stands in the file that is told to be wrong."""
    for use in draft.uses:
        rule = type(use.rule)
        limits = _limits(rule)
        if limits and all(
            getattr(use.rule, name) in {None, ()} and not _stands(draft.root, (*use.path, name)) for name in limits
        ):
            message = f"`{rule.id()}` is given no {_what(rule, limits)}"
            yield Flaw(message, use.path, f"Give it one of {listed(limits)}.", "key")


@cache
def _limits(rule: type[Rule]) -> tuple[str, ...]:
    return tuple(name for name in rule.parameters() if _compares(rule, name))


def _compares(rule: type[Rule], name: str) -> bool:
    """Whether a parameter is what is compared with: a limit, or options of a question."""
    return any(isinstance(one, Bound | Step | AnswerOf) for one in meanings(rule, name)) or _is_options(rule, name)


def _is_options(rule: type[Rule], name: str) -> bool:
    return any(isinstance(one, OptionOf) for one in item_meanings(rule, name))


def _what(rule: type[Rule], limits: tuple[str, ...]) -> str:
    return "answer" if all(_is_options(rule, name) for name in limits) else "limit"


def _stands(root: Node, path: KeyPath) -> bool:
    node = node_at(root, path)
    return node is not None and not (isinstance(node, Leaf) and node.value is None)


LINT = Lint(
    code="rule-without-limit",
    means="The rule compares with limits or answers, and none is given.",
    why="It would never find anything.",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {min_mm2: 4}}}
""",
    find=find,
    is_consequence=True,
)
