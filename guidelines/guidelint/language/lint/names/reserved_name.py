"""A name or a key is taken: by a drawing tool, by the image itself, by the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from guidelint.annotation.tool import TOOLS
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.claims import Claim, controls, keys
from guidelint.language.lint.names.image import IMAGE
from guidelint.validation.derivation import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.draft import Draft

_WHOLES: Final = {IMAGE: "the image itself", **{over: f"the {over} as a whole" for over in get_args(Whole)}}
"""What a question may be about in place of regions; the others than the image are taken where one is."""
_EDITORS_KEYS: Final = {"h": "moves the picture", "v": "takes up the pointer", "u": "lets go of the region"}
"""What keys of the editor do beside choosing the class; seen in Label Studio 1.23.2."""
_EDITORS_KEYS_WITH_A_BRUSH: Final = {"b": "takes up the brush", "e": "takes up the eraser"}


def find(draft: Draft) -> Iterator[Flaw]:
    """Find names and keys that are taken."""
    yield from _reserved(draft.written)
    yield from _keys_of_the_editor(draft.written)


def _reserved(written: WrittenBody) -> Iterator[Flaw]:
    taken = {*TOOLS, IMAGE}
    for claim in controls(written):
        if (claim.name in taken and claim.name != claim.owner) or (
            claim.path[0] == "attributes" and claim.name in taken
        ):
            yield _taken(claim)
    asked = {IMAGE, *(question.over for question in written.attributes.values())}
    for name in _WHOLES:
        if name in asked and name in written.classes:
            yield _taken(Claim(name, name, ("classes", name)))


def _keys_of_the_editor(written: WrittenBody) -> Iterator[Flaw]:
    brushed = any({"brush", "bitmask"}.intersection(part.draw) for part in written.classes.values())
    taken = _EDITORS_KEYS | (_EDITORS_KEYS_WITH_A_BRUSH if brushed else {})
    for claim in keys(written):
        if what := taken.get(claim.name):
            message = f"the key `{claim.name}` {what} in Label Studio's editor, and the class could not be drawn"
            yield Flaw(message, claim.path, "Choose another key, or delete the line: one is chosen.")


def _taken(claim: Claim) -> Flaw:
    what = _WHOLES.get(claim.name, "a drawing tool")
    return Flaw(f"`{claim.name}` is the name of {what}", claim.path, "Choose another name.", "key")


LINT = Lint(
    code="reserved-name",
    means="The name or the key is taken.",
    why=(
        "Drawing tools and the image itself have names in every project; a question or class of that "
        "name could not be told apart. Some keys are the editor's own and would do what the editor "
        "does, beside choosing the class."
    ),
    wrong="""\
attributes:
  brush: {title: Brush used, of: image, text: {max_length: 80}}
""",
    right="""\
attributes:
  brush-used: {title: Brush used, of: image, text: {max_length: 80}}
""",
    find=find,
)
