"""A name is used as an option of a question that does not have it."""

from __future__ import annotations

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import leads_nowhere

LINT = Lint(
    code="unknown-option",
    means="A name is used as an option of a question that does not have it.",
    why="Options are named by their keys, steps of a scale by their numbers.",
    wrong="""\
attributes:
  doubt: {title: Doubt, of: lesion, choose_one: {yes: In doubt, no: Sure}}
  reason: {title: Reason, of: lesion, text: {max_length: 80}, required: {when: {doubt: 'true'}}}
""",
    right="""\
attributes:
  doubt: {title: Doubt, of: lesion, choose_one: {yes: In doubt, no: Sure}}
  reason: {title: Reason, of: lesion, text: {max_length: 80}, required: {when: {doubt: yes}}}
""",
    find=leads_nowhere("option"),
)
