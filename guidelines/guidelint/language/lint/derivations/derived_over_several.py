"""Something goes by an answer that is told of several tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.targets import targets_of_tasks
from guidelint.validation.rule.parameters.said import questions_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for questions told of several in whatever goes by the answers of one submission."""
    told = {
        name: part.over or "whole object" for name, part in draft.written.attributes.items() if part.is_told_of_several
    }
    for use in draft.uses if told else ():
        for name in sorted(_named(use) & told.keys()):
            if use.rule.of_several and use.when is None and not use.classes:
                continue  # the rule that tells it asks
            yield _told(name, told[name], use.path)
    for path, name in _gone_by(draft) if told else ():
        if name in told:
            yield _told(name, told[name], path)
    for path, _ in targets_of_tasks(draft):
        if (name := str(path[2])) in told:
            message = (
                f"`{name}` is told of a {told[name]} once all of it is read, and readers are compared task by task"
            )
            yield Flaw(message, path, _COMPARED, "key")


def _told(name: str, over: str | None, path: KeyPath) -> Flaw:
    known = f"`{name}` is told of a {over} once all of it is read"
    message = f"{known}, and only `answer-escalates` goes by it, without conditions"
    return Flaw(message, path, "Name questions that it follows from.", "key")


def _gone_by(draft: Draft) -> Iterator[tuple[KeyPath, str]]:
    """Find the questions that other questions go by, each with the place where."""
    for own, question in draft.written.attributes.items():
        for key in ("required", "forbidden"):
            waits = getattr(question, key)
            for name in (*waits.when, *waits.when_number) if waits else ():
                yield ("attributes", own, key), name
        for name in question.derive.questions if question.derive and question.over is None else ():
            yield ("attributes", own, "derive"), name


def _named(use: Use) -> frozenset[str]:
    asked = frozenset(questions_named(use.rule))
    return asked if use.when is None else asked | use.when.questions


_COMPARED: Final = "Write `on_each_task` under the questions that it follows from."

LINT = Lint(
    code="derived-over-several",
    means="Something goes by an answer that is told of a series, a study, a patient or a whole object.",
    why=(
        "What follows from a whole series, study or patient is known when all is in, and is told; `answer-escalates` "
        "may name it, under no further condition, which might hold on some of the tasks alone. Readers are compared "
        "task by task."
    ),
    wrong="""\
attributes:
  spots: {title: Spots, of: study, number: {min: 0}, derive: {measured: {count: spot}, entered: never}}
classes:
  spot: {title: Spot, definition: A dark spot., draw: polygon}
readers: {rules: {enough-readers: {min: 2}}, answers: {spots: {on_each_task: {}}}}
""",
    right="""\
attributes:
  spots: {title: Spots, of: image, number: {min: 0}, derive: {measured: {count: spot}, entered: never}}
classes:
  spot: {title: Spot, definition: A dark spot., draw: polygon}
readers: {rules: {enough-readers: {min: 2}}, answers: {spots: {on_each_task: {}}}}
""",
    find=find,
)
