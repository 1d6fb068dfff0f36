"""Nobody can say that he is not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.colleague.doubt import doubts, escalated
from guidelint.language.lint.colleague.whole import first_there
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for an answer of doubt, a step of a scale of confidence below which somebody is asked, and a named case."""
    by_scale = any(not option for _, option in escalated(draft))
    by_case = any(case.ask for case in draft.written.edge_cases.values())
    if not by_scale and not by_case and not any(True for _ in doubts(draft)):
        place = first_there(draft, "attributes", "classes")
        remedy = "Ask it: a question with an option such as `unsure: Not sure`, and a criterion `uncertain-escalates`."
        yield Flaw("no answer says that somebody is not sure, and no case says whom to ask", place, remedy, "key")


LINT = Lint(
    code="no-way-for-doubt",
    level="note",
    means="No answer says that somebody is not sure, and no case says whom to ask.",
    why=(
        "Whoever cannot say so guesses, and a guess that nobody looks at becomes ground truth. Give doubt an answer, "
        "and a route to somebody who decides; or name the cases, and whom to `ask`."
    ),
    wrong="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {cyst: Cyst, solid: Solid}}
""",
    right="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {cyst: Cyst, solid: Solid, unsure: Not sure}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {unsure: {uncertain-escalates: {attribute: kind, values: [unsure]}, to: senior}}
""",
    find=find,
)
