"""A class is not shown, or not tested: an example of some kind is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from guidelint.language.examples.form import Kind, Use
from guidelint.language.lint.colleague.whole import each_or_all
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft

_KEEP: Final = "Put one into the folder of the examples, NAME.examples beside NAME.yaml: `guidelint example` helps."


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for each kind of example of each class, and for both uses."""
    if not draft.examples:
        yield Flaw("no example is kept beside the guideline: nothing shows or tests it", ("classes",), _KEEP, "key")
        return
    for kind in get_args(Kind):
        shown = {one.shows for one in draft.examples if one.kind == kind}
        yield from _lacking(draft, shown, f"has no {kind} example")
    for use in get_args(Use):
        shown = {one.shows for one in draft.examples if one.use == use}
        yield from _lacking(draft, shown, f"has no example to {'teach with' if use == 'teach' else 'examine with'}")


def _lacking(draft: Draft, shown: set[str | None], lack: str) -> Iterator[Flaw]:
    yield from each_or_all([name for name in draft.written.classes if name not in shown], lack, _KEEP)


LINT = Lint(
    code="no-example",
    level="note",
    means="A class lacks an example: a positive, a negative or a borderline one, one to teach or to examine with.",
    why=(
        "A positive example shows what a class is, a negative one what looks like it and is not, a borderline one "
        "where it ends. They are shown to annotators, and `guidelint test` holds the guideline to them whenever it is "
        "changed. Those to examine with nobody sees before the exam."
    ),
    source=(
        "Rädsch T et al. Labelling instructions matter in biomedical image analysis. Nature Machine Intelligence 5 "
        "(2023), https://doi.org/10.1038/s42256-023-00625-5"
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A spot., draw: polygon}
""",
    right="""\
# guidelint: allow no-example: they are kept in the atlas of the department
classes:
  lesion: {title: Lesion, definition: A spot., draw: polygon}
""",
    find=find,
)
