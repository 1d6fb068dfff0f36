"""The rule judges what is drawn with other tools than the class allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import listed
from guidelint.language.text.tree import key_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.tool import Tool
    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the tools of every rule with those of the classes that it is used on, any kind that inherits it."""
    idle = [use for use in draft.uses if _is_idle(use, draft)]
    paths = {use.path for use in idle}
    applied = {key_span(draft.root, use.path) for use in draft.uses if use.path not in paths} if idle else set()
    for use in idle:
        if key_span(draft.root, use.path) not in applied:
            judged, tools = listed(sorted(use.rule.tools or ())), listed(sorted(_drawn(use, draft)))
            message = f"`{use.rule.id()}` never applies: it judges {judged}, drawn is {tools}"
            yield Flaw(message, use.path, "Change `draw:` or delete the rule.", "key")


def _is_idle(use: Use, draft: Draft) -> bool:
    tools, drawn = use.rule.tools, _drawn(use, draft)
    return bool(drawn) and tools is not None and not drawn & tools


def _drawn(use: Use, draft: Draft) -> set[Tool]:
    """Tools with which the classes that it judges are drawn; none where that cannot be told, or it is only set."""
    if type(use.rule).always and not use.classes:
        return set()
    classes = [draft.written.classes.get(name) for name in use.judged(draft.written)]
    return set() if None in classes else {tool for part in classes if part is not None for tool in part.draw}


LINT = Lint(
    code="rule-never-applies",
    means="The rule judges what is drawn with other tools than the class allows.",
    why="It would never find anything. Change `draw`, or delete the rule.",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: keypoint, rules: {area-limits: {min_mm2: 4}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {min_mm2: 4}}}
""",
    find=find,
)
