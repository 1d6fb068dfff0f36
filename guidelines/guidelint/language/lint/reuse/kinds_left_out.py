"""A rule names a class that has kinds, and says nothing of these."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import references
from guidelint.language.reuse.kinds import kinds_of
from guidelint.language.text.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.names.references import Reference


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the classes that a rule is given with their kinds, over all uses of the rule."""
    kinds = {name: those for name, those in kinds_of(draft.root).items() if name in draft.written.classes}
    named: dict[str, list[Reference]] = defaultdict(list)
    rules = {use.path: use.rule.id() for use in draft.uses} if kinds else {}
    for reference in references(draft) if kinds else ():
        for length in range(len(reference.path)):
            if reference.kind == "class" and reference.path[:length] in rules:
                named[rules[reference.path[:length]]].append(reference)
    for rule, those in named.items():
        given = {reference.name for reference in those}
        for reference in those:
            if left_out := [kind for kind in kinds.get(reference.name, ()) if kind not in given]:
                message = f"`{rule}` is asked of `{reference.name}`, and not of its kinds: {listed(left_out)}"
                yield Flaw(message, reference.path, "Name them too, or say why they are left out.")


LINT = Lint(
    code="kinds-left-out",
    level="warning",
    means="A rule names a class that has kinds, and says nothing of these.",
    why=(
        "Questions and criteria of a class hold for its kinds; what stands beneath a rule is read as it is written. "
        "Name the kinds, or allow it with the reason."
    ),
    wrong="""\
classes:
  organ: {title: Organ, definition: The whole organ., draw: polygon}
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  spot: {title: Spot, definition: A small lesion., kind_of: lesion}
relations:
  in-organ: {inside: {child: lesion, parent: organ}}
""",
    right="""\
classes:
  organ: {title: Organ, definition: The whole organ., draw: polygon}
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  spot: {title: Spot, definition: A small lesion., kind_of: lesion}
relations:
  in-organ: {inside: {child: lesion, parent: organ}}
  spot-in-organ: {inside: {child: spot, parent: organ}}
""",
    find=find,
)
