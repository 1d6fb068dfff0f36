"""One thing counts as a class and does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare what is excluded with what is included."""
    for name, part in draft.written.classes.items():
        included = {_plain(line) for line in part.includes}
        for at, line in enumerate(part.excludes):
            if _plain(line) in included:
                message = f"`{line}` stands under `includes:` and under `excludes:` of `{name}`"
                yield Flaw(message, ("classes", name, "excludes", at), "Take it out of one of the two.")


def _plain(line: str) -> str:
    return " ".join(line.casefold().rstrip(".").split())


LINT = Lint(
    code="included-and-excluded",
    means="One thing counts as a class and does not.",
    why=("Each annotator picks one of the two, and both are right."),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, includes: [cysts], excludes: [cysts]}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, includes: [cysts], excludes: [scars]}
""",
    find=find,
)
