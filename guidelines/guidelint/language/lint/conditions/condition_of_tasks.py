"""A condition on what is drawn or answered, at a rule that also asks for tasks that nobody annotated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.gathering import GatheringRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for conditions that a task alone cannot meet."""
    for use in draft.uses:
        rule = type(use.rule)
        asks_tasks = issubclass(rule, GatheringRule) and rule.gather_task is not GatheringRule.gather_task
        if asks_tasks and use.when is not None and not use.when.of_image_alone:
            message = (
                f"`{rule.id()}` also asks for tasks that nobody has annotated, and of those only the image is known: "
                "nothing is drawn or answered there"
            )
            yield Flaw(message, (*use.path, "when"), "Write a condition on the image (`image:`), or delete it.", "key")


LINT = Lint(
    code="condition-of-tasks",
    means="A rule that also asks for tasks that nobody has annotated stands under a condition on drawings or answers.",
    why=(
        "Of a task that nobody has annotated only its image is known, so it could never be told whether the rule is "
        "asked for. A condition on the image can be."
    ),
    wrong="""\
attributes:
  quality: {title: Image quality, of: image, choose_one: {good: Good, poor: Poor}, required: true}
delivery: {rules: {complete-delivery: {when: {answer: {quality: good}}}}}
""",
    right="""\
delivery: {rules: {complete-delivery: {when: {image: {modality: CT}}}}}
""",
    find=find,
)
