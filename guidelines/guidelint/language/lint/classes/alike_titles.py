"""Two titles differ only in capitals or signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.claims import as_seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the titles of classes, and those of the options of each question, letter by letter."""
    yield from _alike({("classes", name): part.title for name, part in draft.written.classes.items()})
    for name, question in draft.written.attributes.items():
        path = ("attributes", name, question.answer_key)
        yield from _alike({(*path, key): option.title for key, option in question.options.items()})


def _alike(titles: Mapping[KeyPath, str]) -> Iterator[Flaw]:
    first: dict[str, str] = {}
    for path, title in titles.items():
        letters = "".join(letter for letter in title.casefold() if letter.isalnum() or letter in _MEANS)
        other = first.setdefault(letters or title, title)
        if other != title and as_seen(other) != as_seen(title):
            message = f"`{title}` differs from `{other}` only in capitals or signs"
            yield Flaw(message, path, "Give one of them a title that says what is different.")


_MEANS: Final = frozenset("<>≤≥=+-−%/")
"""Signs that mean something by themselves."""


LINT = Lint(
    code="alike-titles",
    level="warning",
    means="Two titles differ only in capitals or signs.",
    why=("Whoever chooses between them chooses by chance. Say what is different."),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  other: {title: 'lesion.', definition: Another kind of lesion., draw: polygon}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  other: {title: Small lesion, definition: Another kind of lesion., draw: polygon}
""",
    find=find,
)
