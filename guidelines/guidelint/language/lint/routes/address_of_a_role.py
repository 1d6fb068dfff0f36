"""A route gives an e-mail address as the role, and asks no person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.form.fields import ADDRESS_PATTERN
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft

_ADDRESS = re.compile(ADDRESS_PATTERN)


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for addresses under `who:` of routes that name no person."""
    for name, route in draft.written.escalation.routes.items():
        address = _ADDRESS.search(route.who)
        if address is not None and not route.person:
            message = f"`who:` is only read by people, and nobody is asked at {address[0]}"
            remedy = f"Did you mean `person: {address[0]}`? Write it beside `who:`, which names the role."
            yield Flaw(message, ("escalation", "routes", name, "who"), remedy)


LINT = Lint(
    code="address-of-a-role",
    level="warning",
    means="A route gives an e-mail address as the role, and names no person.",
    why="`who` says in words who decides; only `person` asks somebody by name, whom the annotation tool knows by the "
    "address.",
    wrong="""\
escalation:
  routes: {chief: {who: ng@example.org}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: chief}}
""",
    right="""\
escalation:
  routes: {chief: {who: Chief radiologist, person: ng@example.org}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: chief}}
""",
    find=find,
)
