"""A part of the guideline is written, and nothing stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.form.shorthand import NothingBeneath
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import empty_parts
from guidelint.validation.rule.parameters.by_itself import ByItself

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

_NEEDED: Final = {("classes",), ("empty_reading",)}
"""Parts that every guideline has; what they may hold, other lints say."""


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for parts without content, but for those that stand for all defaults or must be there."""
    for path in empty_parts(draft.parts):
        if not _may_be_empty(path, draft):
            message = f"`{path[-1]}` is written, and nothing stands in it"
            yield Flaw(message, path, "Fill it, or delete it.", "key", fix="take-out")


def _may_be_empty(path: KeyPath, draft: Draft) -> bool:
    """Whether it must stand there, or stands for all defaults."""
    field = fields_at(type(draft.written), path[:-1]).get(str(path[-1]))
    beside = () if field is None else field.metadata
    return path in _NEEDED or any(one == NothingBeneath or isinstance(one, ByItself) for one in beside)


LINT = Lint(
    code="empty-section",
    level="warning",
    means="A part of the guideline is written, and nothing stands in it.",
    why=(
        "Whoever sees `readers:` in a guideline believes that something is asked of readers. Fill the part, or delete "
        "it. Only a rule and a kind of answer with nothing beneath them stand for all defaults."
    ),
    wrong="""\
readers: {rules: {}}
""",
    right="""\
readers: {rules: {enough-readers: {min: 2}}}
""",
    find=find,
)
