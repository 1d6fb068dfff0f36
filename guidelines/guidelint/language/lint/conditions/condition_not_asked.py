"""A condition on a question that a class of its use is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.guideline import may_stay_open
from guidelint.language.lint.conditions.asked_of import asked_of, for_some_only
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.questions.asked import whom
from guidelint.validation.rule.condition import questions_in
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the classes of every use with those that the questions of its condition ask."""
    for use in draft.uses:
        for path, name in questions_in(use.when) if use.when is not None else ():
            question = draft.written.attributes.get(name)
            if question is not None and not question.per_image and use.rule.scope.sees_regions:
                judged = asked_of(use, draft.written)
                yield from _not_asked(use, (*use.path, "when", *path), (name, question), judged)


def _not_asked(use: Use, path: KeyPath, named: tuple[str, WrittenAttribute], judged: tuple[str, ...]) -> Iterator[Flaw]:
    """Find the classes that never answer; one that need not answer does not meet the condition, and nothing is open."""
    name, question = named
    others = tuple(one for one in judged if one not in question.of)
    rest = tuple(one for one in judged if one in question.of)
    if not others or (rest and may_stay_open(question.required)):
        return
    message = f"`{name}` asks {whom(question)}, so no {either(f'`{one}`' for one in others)} answers it"
    if not rest:
        yield Flaw(message, path, "Name a question about the whole image, or one that asks this class.", "key")
        return
    message += f", and `{use.rule.id()}` is asked for here as well"
    remedy = for_some_only(use, rest) or "Name a question about the whole image, or one that asks all of these classes."
    yield Flaw(message, path, remedy, "key")


LINT = Lint(
    code="condition-not-asked",
    means="A condition depends on a question that a class of its use is not asked.",
    why=(
        "The answer is never there, so of regions of that class it could never be told whether the rule is asked for. "
        "A use that stands under no class is for all of them."
    ),
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
