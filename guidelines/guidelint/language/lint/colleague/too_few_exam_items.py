"""An exam asks for more items than are kept, or a class that a role marks is in none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.sections.staff import Exam, Role
    from guidelint.language.lint.draft import Draft

_KEEP: Final = (
    "Keep more examples with `use: exam` and a picture each, which `guidelint exam items` lists, or ask for fewer."
)


def find(draft: Draft) -> Iterator[Flaw]:
    """Count the pictures that each exam can show, and look for each class in them."""
    roles = draft.written.annotators.roles if draft.written.annotators else {}
    for name, role in roles.items():
        if role.exam is not None:
            yield from _of_exam(draft, name, role, role.exam)


def _of_exam(draft: Draft, name: str, role: Role, exam: Exam) -> Iterator[Flaw]:
    classes = role.of or tuple(draft.written.classes)
    items = [one for one in draft.examples if one.use == "exam" and one.picture]
    of_role = [one for one in items if not role.of or one.shows in classes]
    pictures, where = len({one.picture for one in of_role}), ("annotators", "roles", name, "exam")
    if pictures < exam.tasks:
        lack = exam.tasks - pictures
        yield Flaw(
            f"the exam of `{name}` asks for {exam.tasks} items, and {pictures} pictures are kept for it: {lack} lack",
            (*where, "tasks"),
            _KEEP,
        )
    shown = {one.shows for one in of_role}
    if pictures and (left := [one for one in classes if one not in shown]):
        yield Flaw(f"no item of the exam of `{name}` shows {both(f'`{one}`' for one in left)}", where, _KEEP, "key")


LINT = Lint(
    code="too-few-exam-items",
    level="note",
    means="An exam asks for more items than are kept, or a class that its role marks is in none.",
    why=(
        "Items are drawn from the examples that nobody has seen, each with a picture of its own. Where there are too "
        "few, no exam can be made, and the next one repeats the last; who was never asked about a class has not shown "
        "that they know it."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A spot., draw: polygon}
annotators:
  roles: {reader: {title: Reader, exam: {tasks: 20, min_share: 0.9}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A spot., draw: polygon}
annotators:
  # guidelint: allow too-few-exam-items: they are kept apart from the guideline
  roles: {reader: {title: Reader, exam: {tasks: 20, min_share: 0.9}}}
""",
    find=find,
)
