"""A route names a person twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for addresses that differ in nothing but capitals."""
    for name, route in draft.written.escalation.routes.items():
        seen = set[str]()
        for number, person in enumerate(route.person):
            if person.casefold() in seen:
                path = ("escalation", "routes", name, "person", number)
                yield Flaw(f"{person} is asked twice", path, "Delete it here, or name somebody else.")
            seen.add(person.casefold())


LINT = Lint(
    code="person-twice",
    means="A route names the same person twice.",
    why="One of the persons is enough to deal with a task, so a second mention says nothing; most likely somebody else "
    "was meant.",
    wrong="""\
escalation:
  routes: {chief: {who: Chief radiologist, person: [ng@example.org, Ng@example.org]}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: chief}}
""",
    right="""\
escalation:
  routes: {chief: {who: Chief radiologist, person: [ng@example.org, diaz@example.org]}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: chief}}
""",
    find=find,
)
