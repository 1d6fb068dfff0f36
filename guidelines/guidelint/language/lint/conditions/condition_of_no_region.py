"""A condition on regions stands at a rule that judges none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.every_condition import conditions_of_question
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.condition import questions_in
from guidelint.validation.rule.parameters.said import questions_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for conditions that only a region can meet at rules on images, and on questions about images."""
    for use in draft.uses:
        judged = _judged(use, draft) if _needs_a_region(use, draft) else ""
        if judged:
            message = f"this depends on a region, and `{use.rule.id()}` judges {judged}"
            remedy = "Write a condition on the image, or on a question about the whole image."
            yield Flaw(message, (*use.path, "when"), remedy, "key")
    for name, question in draft.written.attributes.items():
        for path, condition in conditions_of_question(name, draft) if question.per_image else ():
            if condition.of_region:
                message = f"this depends on a region, and `{name}` asks the whole image"
                yield Flaw(message, path, "Write a condition on the image, or on what is `marked` there.", "key")


def _needs_a_region(use: Use, draft: Draft) -> bool:
    if use.when is None:
        return False
    asked = (draft.written.attributes.get(name) for _, name in questions_in(use.when))
    return use.when.of_region or any(question is not None and not question.per_image for question in asked)


def _judged(use: Use, draft: Draft) -> str:
    """Say what the rule judges where that is no region; empty where it judges regions."""
    if not use.rule.scope.sees_regions:
        return use.rule.scope.judges
    for name in questions_named(use.rule):
        question = draft.written.attributes.get(name)
        if question is not None and question.per_image:
            return f"the answer to `{name}`, which asks the whole image"
    return ""


LINT = Lint(
    code="condition-of-no-region",
    means="A condition on regions stands at a rule that judges none.",
    why="A size, a source or the answer of a region says nothing of an image, so the condition would change nothing.",
    wrong="""\
rules: {calibrated-spacing: {max_mm: 1, when: {source: prediction}}}
""",
    right="""\
rules: {calibrated-spacing: {max_mm: 1, when: {image: {modality: CT}}}}
""",
    find=find,
)
