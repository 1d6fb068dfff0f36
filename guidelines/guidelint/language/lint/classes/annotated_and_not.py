"""Something is a class, and is said not to be marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look among the classes for what is named as not annotated, by its key and by its title."""
    classes = draft.written.classes
    titles = {part.title.casefold(): name for name, part in classes.items()}
    for name, part in draft.written.not_annotated.items():
        other = name if name in classes else titles.get(part.title.casefold())
        if other is not None:
            message = f"`{name}` is said not to be annotated, and is the class `{other}`"
            remedy = f"Keep one of the two: the class, or `{name}` here."
            yield Flaw(message, ("not_annotated", name), remedy, "key")


LINT = Lint(
    code="annotated-and-not",
    means="Something is a class, and is said not to be marked.",
    why="Annotators read both: one marks it, the other leaves it.",
    wrong="""\
not_annotated: {old-lesion: {title: Lesion, definition: One that was there before.}}
""",
    right="""\
not_annotated: {old-lesion: {title: Old lesion, definition: One that was there before.}}
""",
    find=find,
)
