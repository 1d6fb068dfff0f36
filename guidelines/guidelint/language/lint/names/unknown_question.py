"""A name is used as a question and is none."""

from __future__ import annotations

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import leads_nowhere

LINT = Lint(
    code="unknown-question",
    means="A name is used as a question and is none.",
    why="Questions stand under `attributes`.",
    wrong="""\
escalation:
  routes: {senior: {who: Senior reader}}
  when: {in-doubt: {uncertain-escalates: {attribute: dout, values: [yes]}, to: senior}}
""",
    right="""\
attributes:
  doubt: {title: Doubt, of: lesion, choose_one: {yes: In doubt, no: Sure}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {in-doubt: {uncertain-escalates: {attribute: doubt, values: [yes]}, to: senior}}
""",
    find=leads_nowhere("question"),
)
