"""Questions wait for each other, so that none of them is ever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.questions.conditions import waits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.questions.conditions import Wait


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for rounds of questions, each told once, where the first of them in the file waits."""
    waiting: dict[str, list[Wait]] = {}
    for wait in waits(draft):
        waiting.setdefault(wait.question, []).append(wait)
    told: set[frozenset[str]] = set()
    for question in waiting:
        round_ = _round(question, waiting)
        names = frozenset(wait.question for wait in round_)
        if len(names) > 1 and names not in told:
            told.add(names)
            yield _told(round_)


def _round(start: str, waiting: Mapping[str, list[Wait]]) -> tuple[Wait, ...]:
    """Find the shortest way from a question back to itself; empty where there is none."""
    ways: list[tuple[Wait, ...]] = [(wait,) for wait in waiting.get(start, ())]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        name = way[-1].other
        if name == start:
            return way
        if name not in seen:
            seen.add(name)
            ways.extend((*way, wait) for wait in waiting.get(name, ()))
    return ()


def _told(round_: tuple[Wait, ...]) -> Flaw:
    chain = ", ".join(f"`{wait.question}` waits for `{wait.other}`" for wait in round_)
    return Flaw(f"none of these is ever asked: {chain}", round_[0].path, "Let one of them be asked always.", "key")


LINT = Lint(
    code="questions-wait",
    means="Questions are each asked only when another of them is answered.",
    why="None of them is ever asked first. One of them must be asked always, or wait for a question outside the round.",
    wrong="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {round: Round, flat: Flat}, required: {when: {rim: sharp}}}
  rim: {title: Rim, of: lesion, choose_one: {sharp: Sharp, faint: Faint}, required: {when: {kind: round}}}
""",
    right="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {round: Round, flat: Flat}, required: true}
  rim: {title: Rim, of: lesion, choose_one: {sharp: Sharp, faint: Faint}, required: {when: {kind: round}}}
""",
    find=find,
)
