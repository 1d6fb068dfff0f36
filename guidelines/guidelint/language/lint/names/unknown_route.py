"""An escalation goes to a route that is not there."""

from __future__ import annotations

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import leads_nowhere

LINT = Lint(
    code="unknown-route",
    means="An escalation goes to a route that is not there.",
    why="Routes stand under `escalation`, `routes`; each says who takes it.",
    wrong="""\
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senoir}}
""",
    right="""\
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}}
""",
    find=leads_nowhere("route"),
)
