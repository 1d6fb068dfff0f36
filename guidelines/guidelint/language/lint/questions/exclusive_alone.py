"""An option excludes the others of a question that takes one answer anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for exclusive options of questions with one answer, and for questions with nothing else."""
    for name, question in draft.written.attributes.items():
        exclusive = [key for key, option in question.options.items() if option.exclusive]
        if not exclusive:
            continue
        path = ("attributes", name, question.answer_key)
        if question.kind != "multi-choice":
            message = f"`{name}` takes one answer: every option excludes the others"
            remedy = "Delete `exclusive:`, or ask with `choose_many:`."
            yield from (Flaw(message, (*path, key, "exclusive"), remedy, "key") for key in exclusive)
        elif len(exclusive) == len(question.options):
            message = f"every option of `{name}` excludes the others, and it asks for one or more"
            yield Flaw(message, path, "Ask with `choose_one:`, and delete `exclusive:`.", "key")


LINT = Lint(
    code="exclusive-alone",
    level="warning",
    means="An option excludes the others of a question that takes one answer anyway.",
    why=(
        "`exclusive` says of one of several options that may be chosen together, such as “none”, that it stands alone. "
        "Of a question with one answer it says nothing."
    ),
    wrong="""\
attributes:
  rim: {title: Rim, of: lesion, choose_one: {none: {title: None, exclusive: true}, sharp: Sharp, faint: Faint}}
""",
    right="""\
attributes:
  signs: {title: Signs, of: lesion, choose_many: {none: {title: None, exclusive: true}, halo: Halo, tail: Tail}}
""",
    find=find,
)
