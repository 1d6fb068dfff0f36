"""An answer follows from itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for questions that are reached from themselves, through others or not."""
    sources = {one.name: one.derive.questions for one in following(draft)}
    for one in following(draft):
        if one.name in _reached(one.name, sources):
            direct = one.name in one.derive.questions
            through = "" if direct else f", through {', '.join(f'`{name}`' for name in one.derive.questions)}"
            message = f"the answer to `{one.name}` follows from itself{through}"
            yield Flaw(message, one.path, "Name questions that somebody answers.", "key")


def _reached(start: str, sources: Mapping[str, tuple[str, ...]]) -> set[str]:
    found, waiting = set[str](), [*sources.get(start, ())]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(sources.get(name, ()))
    return found


LINT = Lint(
    code="derives-from-itself",
    means="An answer follows from itself, directly or through others.",
    why="Nothing ever follows. Name questions that somebody answers.",
    wrong="""\
attributes:
  left: {title: Left, of: image, scale: {0: None, 1: Mild}, higher_means: worse, required: true}
  grade: {title: Grade, of: image, scale: {0: None, 1: Mild}, higher_means: worse, derive: {worst_of: [left, grade]}}
""",
    right="""\
attributes:
  left: {title: Left, of: image, scale: {0: None, 1: Mild}, higher_means: worse, required: true}
  right: {title: Right, of: image, scale: {0: None, 1: Mild}, higher_means: worse, required: true}
  grade: {title: Grade, of: image, scale: {0: None, 1: Mild}, higher_means: worse, derive: {worst_of: [left, right]}}
""",
    find=find,
)
