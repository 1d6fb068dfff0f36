"""One key of the task data is given for two facts of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.imaging.keys import ImageKeys, delivered
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for keys that are given twice, or are those of a fact that keeps its own."""
    given = draft.written.images.keys
    known = delivered(ImageKeys())
    own = {key: fact for fact, key in known.items() if fact not in given}
    for fact, key in given.items():
        if fact in known and (other := own.setdefault(key, fact)) != fact:
            message = f"`{key}` is the key of `{other}` already, and cannot hold `{fact}` as well"
            yield Flaw(message, ("images", "keys", fact), f"Write the key under which `{fact}` is delivered.")


LINT = Lint(
    code="one-key-two-facts",
    means="One key of the task data is given for two facts of an image.",
    why=(
        "One value is not two facts: sizes would be measured with the number of rows, or series be told apart by "
        "their patient. Left out, a fact stands under its DICOM keyword."
    ),
    wrong="""\
images: {keys: {rows: height, columns: height}}
""",
    right="""\
images: {keys: {rows: height, columns: width}}
""",
    find=find,
)
