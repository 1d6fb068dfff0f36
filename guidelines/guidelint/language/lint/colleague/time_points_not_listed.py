"""A condition names a time point, and no list says which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import item_text, listed
from guidelint.language.text.tree import Leaf, items_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import Entry, Node


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for the time points that conditions name, where the guideline lists none."""
    if draft.written.images.time_points:
        return
    places = [(path, node) for path, node in draft.parts if path[-2:] == ("image", "time_point")]
    names = tuple(dict.fromkeys(name for _, node in places for name in _named(node)))
    if names:
        are = "is a time point that conditions ask" if len(names) == 1 else "are time points that conditions ask"
        message = f"{listed(names)} {are} for, and nothing lists those there are: a typo would never be noticed"
        points = ", ".join(map(item_text, names))
        yield Flaw(message, places[0][0], f"List them all: `images: {{time_points: [{points}, …]}}`.", "key")


def _named(node: Node | Entry) -> Iterator[str]:
    items = items_of(value_of(node))
    return (item.written for item in items if isinstance(item, Leaf) and item.written)


LINT = Lint(
    code="time-points-not-listed",
    level="note",
    means="A condition names a time point, and nothing lists which time points there are.",
    why=(
        "A name that no image has is never met, so the rule is never asked, and nobody is told. Where the time points "
        "are listed, a mistyped one is told here, and an image of another time point is told when it is handed in."
    ),
    wrong="""\
rules: {no-new-lesion: {rule: count-limits, max: 0, when: {image: {time_point: basline}}}}
""",
    right="""\
images: {time_points: [baseline, week-8]}
rules: {no-new-lesion: {rule: count-limits, max: 0, when: {image: {time_point: baseline}}}}
""",
    find=find,
)
