"""A question asks both regions and the whole image."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.image import IMAGE
from guidelint.validation.derivation import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for the image among the classes that are asked."""
    for name, question in draft.written.attributes.items():
        whole = next((word for word in (IMAGE, *get_args(Whole)) if word in question.of), None)
        if whole is not None and not question.per_image:
            message = f"`{name}` asks regions and the whole {whole} at once"
            remedy = "Make two questions of it; a set is asked of the image or of classes."
            yield Flaw(message, ("attributes", name, "of"), remedy)


LINT = Lint(
    code="image-among-classes",
    means="A question asks both regions and the whole image.",
    why="Its answers would mean two things. Make two questions of it.",
    wrong="""\
attributes:
  doubt: {title: In doubt, of: [lesion, image], choose_one: {sure: Sure, unsure: Not sure}}
""",
    right="""\
attributes:
  doubt: {title: In doubt, of: lesion, choose_one: {sure: Sure, unsure: Not sure}}
  image-doubt: {title: In doubt about the image, of: image, choose_one: {sure: Sure, unsure: Not sure}}
""",
    find=find,
)
