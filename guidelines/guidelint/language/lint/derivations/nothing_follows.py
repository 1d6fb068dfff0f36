"""No option follows where none of the criteria hold, or an option is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.shorthand import OTHERWISE
from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for criteria without an end, and for options without criteria."""
    for one in following(draft):
        ways, path = one.derive.first_of, (*one.path, "first_of")
        if ways and None not in ways.values():
            message = f"no answer to `{one.name}` follows where none of its criteria hold"
            yield Flaw(message, path, f"Write `OPTION: {OTHERWISE}` as the last one.", "key")
        reached = {*ways, one.derive.left_open}
        left_out = [f"`{option}`" for option in one.question.options if option not in reached] if ways else []
        if left_out:
            message = f"{both(left_out)} of `{one.name}` never follows"
            yield Flaw(message, path, "Say when it is the answer, or delete the option.", "key")


LINT = Lint(
    code="nothing-follows",
    level="warning",
    means="No answer follows where none of the criteria hold, or an option never does.",
    why=(
        f"Work of which nothing is said stays unverified. Say with `{OTHERWISE}` which option is the answer then, and"
        " of every option when it is."
    ),
    wrong="""\
attributes:
  grade:
    title: Grade
    of: image
    choose_one: {many: Many, few: Few}
    derive: {first_of: {many: {count: {lesion: {at_least: 5}}}}}
""",
    right="""\
attributes:
  grade:
    title: Grade
    of: image
    choose_one: {many: Many, few: Few}
    derive: {first_of: {many: {count: {lesion: {at_least: 5}}}, few: otherwise}}
""",
    find=find,
)
