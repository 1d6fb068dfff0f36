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
    """Look for an answer of doubt, and for a step of a scale of confidence from which on somebody is asked."""
    by_scale = any(not option for _, option in escalated(draft))
    if not by_scale and not any(True for _ in doubts(draft)):
        place = first_there(draft, "attributes", "classes")
        remedy = "Ask it: a question with an option such as `unsure: Not sure`, and a criterion `uncertain-escalates`."
        yield Flaw("no answer says that somebody is not sure", place, remedy, "key")


LINT = Lint(
    code="no-way-for-doubt",
    level="note",
    means="No answer says that somebody is not sure.",
    why=(
        "Whoever cannot say so guesses, and a guess that nobody looks at becomes ground truth. Give doubt an answer, "
        "and a route to somebody who decides."
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
