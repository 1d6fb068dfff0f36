"""More is asked for of each part than the whole may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw, in_words
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.counting import counting
from guidelint.validation.rule.parameters.counting import WIDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.counting import Counting


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare every least number with the greatest of whatever lies around it."""
    certain = [one for one in counting(draft) if one.is_certain]
    limited = [one for one in certain if one.most[1] is not None]
    for narrow in (one for one in certain if one.least[1] is not None):
        key, least = narrow.least
        wide = next((one for one in limited if _leaves_nothing(narrow, one, draft)), None)
        if wide is not None:
            name, most = wide.most
            asked = f"`{key}: {least}`{_each(narrow)} of one {narrow.over}"
            where = f"`{name}: {most}`{_each(wide)} of one {wide.over}, which `{in_words(wide.path)}` allows"
            yield Flaw(f"{asked} is more than {where}", (*narrow.path, key), "Change one of the two.")


def _each(one: Counting) -> str:
    return f" for each `{one.each}`" if one.each else ""


def _leaves_nothing(narrow: Counting, wide: Counting, draft: Draft) -> bool:
    """Whether what is asked for in one place is more than another allows, which counts the same and more."""
    least, most = narrow.least[1], wide.most[1]
    if least is None or most is None or narrow.path == wide.path:
        return False
    is_around = WIDER.index(narrow.over) <= WIDER.index(wide.over) and {*narrow.classes} <= {*wide.classes}
    if not is_around or wide.each not in {"", narrow.each}:
        return False
    question = draft.written.attributes.get(narrow.each)
    parts = len(question.options) if question is not None and not wide.each else 1
    return least * parts > most


LINT = Lint(
    code="counts-contradict",
    level="warning",
    means="More is asked for of each image, series, study or answer than a larger whole may have.",
    why=(
        "Whatever is handed in departs from one of the two. A patient has at least as many as each of their images, "
        "and all answers together at least as many as each of them."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, count: {min: 3, per: study}}
rules: {count-limits: {classes: [lesion], max: 2, per: patient}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, count: {min: 3, per: study}}
rules: {count-limits: {classes: [lesion], max: 5, per: patient}}
""",
    find=find,
)
