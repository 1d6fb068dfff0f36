"""It is left open what it means to submit nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import keys_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for an empty reading that neither means something nor is said."""
    empty, path = draft.written.empty_reading, ("empty_reading",)
    if empty is None:
        return
    if empty.means is None and not empty.say:
        message = "it is left open what it means to submit nothing"
        remedy = "Write what it `means:`, or which answer must `say:` that there is nothing."
        yield Flaw(message, path, remedy, "key")
    classes = set(keys_at(draft.root, ("classes",)))
    for name in empty.say:
        question = draft.written.attributes.get(name)
        if question and not question.per_image and classes >= set(question.of):
            message = f"`{name}` asks regions; where nothing is marked nobody is asked"
            yield Flaw(message, (*path, "say", name), "Name a question with `of: image`.", "key")


LINT = Lint(
    code="empty-reading-open",
    means="It is left open what it means to submit nothing.",
    why=(
        "An empty submission is either an answer (there is nothing on this image) or a slip. If it is"
        " an answer, write what it `means`. If not, name the question about the whole image whose "
        "answer must `say` that there is nothing."
    ),
    wrong="""\
empty_reading: {}
""",
    right="""\
empty_reading: {say: {finding: none}}
attributes:
  finding: {title: Finding, of: image, choose_one: {none: No lesion, some: At least one}, required: true}
""",
    find=find,
    is_consequence=True,
)
