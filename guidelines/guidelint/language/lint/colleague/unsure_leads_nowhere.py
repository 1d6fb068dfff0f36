"""An answer says that somebody is not sure, and nothing comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.colleague.doubt import doubts, escalated
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for such options among the answers that escalate."""
    for question, kind, option in doubts(draft):
        if (question, option) not in escalated(draft):
            rule = f"uncertain-escalates: {{attribute: {question}, values: [{option}]}}"
            remedy = f"Let somebody decide: a criterion under `escalation: when:` with `{rule}`."
            message = f"nothing comes of the answer `{option}` to `{question}`: it reaches nobody"
            yield Flaw(message, ("attributes", question, kind, option), remedy, "key")


LINT = Lint(
    code="unsure-leads-nowhere",
    level="note",
    means="An answer says that somebody is not sure, and nothing comes of it.",
    why=(
        "Doubt is information. Who says that he is not sure asks somebody else to look; if nobody does, the answer is "
        "only a way around the question."
    ),
    wrong="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {cyst: Cyst, solid: Solid, unsure: Not sure}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {cyst: {answer-escalates: {attribute: kind, values: [cyst]}, to: senior}}
""",
    right="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {cyst: Cyst, solid: Solid, unsure: Not sure}}
escalation:
  routes: {senior: {who: Senior reader}}
  when:
    cyst: {answer-escalates: {attribute: kind, values: [cyst]}, to: senior}
    unsure: {uncertain-escalates: {attribute: kind, values: [unsure]}, to: senior}
""",
    find=find,
)
