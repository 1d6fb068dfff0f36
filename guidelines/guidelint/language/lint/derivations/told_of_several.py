"""A question of a series, a study or a patient does not follow in a way in which it can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import node_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.derive import Derive
    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look at questions of more than one image, and at those that follow from a change."""
    questions = draft.written.attributes
    for name, question in questions.items():
        path, derive = ("attributes", name), question.derive
        if derive is None and node_at(draft.root, (*path, "derive")) is not None:
            continue  # it could not be read, which is told
        if question.over is not None and (derive is None or derive.is_entered):
            message = f"`{name}` is of a {question.over}, and nobody is asked about one: a task is what is answered"
            remedy = "Say how it follows: `derive:` with `entered: never`; or ask the image, `of: image`."
            yield Flaw(message, (*path, "of"), remedy)
        elif derive is not None and (flaw := _way(name, question, derive, questions)):
            message, remedy = flaw
            yield Flaw(message, (*path, "derive"), remedy, "key")


def _way(
    name: str, question: WrittenAttribute, derive: Derive, questions: Mapping[str, WrittenAttribute]
) -> tuple[str, str] | None:
    """Say what is wrong about the way in which it follows, and what to do."""
    if derive.change_of is not None:
        return _change(name, question, derive.change_of, questions)
    if question.over is None:
        return None
    if not (derive.points or derive.sum or derive.measured or derive.worst_of):
        way = next(key for key in ("product", "ratio", "table", "first_of") if getattr(derive, key))
        message = f"`{name}` is of a {question.over}, where `{way}` does not tell which image it goes by"
        return message, "Let it follow from `points`, `sum` and `measured`, or `worst_of`."
    for other in derive.questions:
        part = questions.get(other)
        if part is not None and part.derive is not None and not part.derive.is_entered:
            message = f"`{name}` is of a {question.over}, and follows from `{other}`, which nobody enters"
            return message, f"Name what `{other}` follows from."
    return None


def _change(
    name: str, question: WrittenAttribute, of: str, questions: Mapping[str, WrittenAttribute]
) -> tuple[str, str] | None:
    if question.over != "patient":
        message = f"`{name}` follows from a change over time, and is not of a patient"
        return message, "Write `of: patient`: its studies are compared with one another."
    other = questions.get(of)
    if other is not None and not (other.over == "study" and other.derive and not other.derive.bands and other.number):
        message = f"`{name}` is the change of `{of}`, which is no number that follows from a study"
        return message, f"Let `{of}` be `of: study`, a `number`, with `derive:` and without `bands`."
    return None


LINT = Lint(
    code="told-of-several",
    means="A question of a series, a study or a patient does not follow in a way in which it can be told.",
    why=(
        "Annotators answer about regions and images. What is of several images follows from what they did, added up "
        "or the worst of it, once for each object; and what changes over time needs a number at each study."
    ),
    wrong="""\
attributes:
  sum: {title: Sum of diameters, of: study, number: {min: 0, unit: mm}}
""",
    right="""\
attributes:
  sum:
    title: Sum of diameters
    of: study
    number: {min: 0, unit: mm}
    derive: {measured: {longest-diameter: lesion}, entered: never}
""",
    find=find,
)
