"""One option stands among the answers that mean the one and among those that mean its opposite."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.naming import OptionOf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare every option with those that its type keeps apart from it."""
    for one, option in draft.saying(OptionOf):
        if not option.apart_from:
            continue
        others = cast("tuple[str, ...]", getattr(one.owner, option.apart_from, ()))
        if one.value in others:
            message = f"`{one.value}` stands under `{one.path[-2]}:` and under `{option.apart_from}:`"
            yield Flaw(message, one.path, "Take it out of the one in which it is not meant.")


LINT = Lint(
    code="contradicting-options",
    means="One answer means a thing and its opposite.",
    why="Whoever gives it has the work returned, whatever is marked.",
    wrong="""\
attributes:
  seen: {title: Lesions, of: image, choose_one: {none: None, some: At least one}}
rules: {answer-matches-regions: {attribute: seen, absent: [none], present: [none]}}
""",
    right="""\
attributes:
  seen: {title: Lesions, of: image, choose_one: {none: None, some: At least one}}
rules: {answer-matches-regions: {attribute: seen, absent: [none], present: [some]}}
""",
    find=find,
)
