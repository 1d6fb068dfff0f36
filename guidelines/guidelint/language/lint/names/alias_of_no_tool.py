"""A control stands for a tool with which nothing is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the tools of aliases with those of all classes."""
    drawn = {tool for part in draft.written.classes.values() for tool in part.draw}
    for alias, tool in draft.written.control_aliases.items():
        if drawn and tool not in drawn:
            message = f"`{alias}` stands for the tool `{tool}`, with which no class is drawn"
            remedy = f"Name one of {listed(sorted(drawn))}, or delete the line."
            yield Flaw(message, ("control_aliases", alias), remedy)


LINT = Lint(
    code="alias-of-no-tool",
    level="warning",
    means="A control stands for a tool with which nothing is drawn.",
    why=(
        "Whatever comes from that control is returned for its tool. Name the tool that the other configuration has "
        "for it."
    ),
    wrong="""\
control_aliases: {box: rectangle}
""",
    right="""\
control_aliases: {outline: polygon}
""",
    find=find,
)
