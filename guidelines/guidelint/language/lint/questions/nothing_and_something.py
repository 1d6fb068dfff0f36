"""One answer says that there is nothing to mark, and may be given only where something is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.naming import OptionOf
from guidelint.validation.rule.parameters.present import SaysMarked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.validation.rule.parameters.said import Said


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the answers of an empty reading with those that ask for a region."""
    empty = draft.written.empty_reading
    if empty is None:
        return
    marked = {(str(getattr(one.owner, option.question, "")), one.value) for one, option in _says_marked(draft)}
    for name, options in empty.say.items():
        for at, option in enumerate(options):
            if (name, option) in marked:
                message = f"`{option}` says here that there is nothing, and by another rule that something is marked"
                path = ("empty_reading", "say", name, at)
                yield Flaw(message, path, "Name the answer that means that there is nothing.")


def _says_marked(draft: Draft) -> Iterator[tuple[Said, OptionOf]]:
    for one, _ in draft.saying(SaysMarked):
        if (option := one.of(OptionOf)) is not None:
            yield one, option


LINT = Lint(
    code="nothing-and-something",
    means="One answer says that there is nothing to mark, and may be given only where something is.",
    why=("Whoever marks nothing must give it, and has the work returned for it."),
    wrong="""\
attributes:
  seen: {title: Lesions, of: image, choose_one: {none: None, some: At least one}}
rules: {answer-matches-regions: {attribute: seen, present: [some]}}
empty_reading: {say: {seen: some}}
""",
    right="""\
attributes:
  seen: {title: Lesions, of: image, choose_one: {none: None, some: At least one}}
rules: {answer-matches-regions: {attribute: seen, present: [some]}}
empty_reading: {say: {seen: none}}
""",
    find=find,
)
