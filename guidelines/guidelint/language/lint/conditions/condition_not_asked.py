"""A condition on a question that the class of its use is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.questions.asked import whom
from guidelint.validation.rule.condition import questions_in
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the classes of every use with those that the questions of its condition ask."""
    for use in draft.uses:
        if use.when is None or not use.classes:
            continue
        for path, name in questions_in(use.when):
            question = draft.written.attributes.get(name)
            if question is not None and not question.per_image and not {*question.of} & {*use.classes}:
                message = (
                    f"`{name}` asks {whom(question)}, so no {either(f'`{one}`' for one in use.classes)} answers it"
                )
                remedy = "Name a question about the whole image, or one that asks this class."
                yield Flaw(message, (*use.path, "when", *path), remedy, "key")


LINT = Lint(
    code="condition-not-asked",
    means="A condition depends on a question that the class of its use is not asked.",
    why="The answer is never there, so it could never be told whether the rule is asked for.",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon}
  vessel:
    title: Vessel
    definition: A tube.
    draw: polygon
    rules: {area-limits: {min_mm2: 4, when: {answer: {kind: solid}}}}
attributes:
  kind: {title: Kind, of: lesion, choose_one: {solid: Solid, cystic: Cystic}, required: true}
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {area-limits: {min_mm2: 4, when: {answer: {kind: solid}}}}
attributes:
  kind: {title: Kind, of: lesion, choose_one: {solid: Solid, cystic: Cystic}, required: true}
""",
    find=find,
)
