"""A name is used as a class and is none."""

from __future__ import annotations

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import leads_nowhere

LINT = Lint(
    code="unknown-class",
    means="A name is used as a class and is none.",
    why="The message names the class that was probably meant.",
    wrong="""\
attributes:
  doubt: {title: Doubt, of: lession, choose_one: {yes: In doubt, no: Sure}}
""",
    right="""\
attributes:
  doubt: {title: Doubt, of: lesion, choose_one: {yes: In doubt, no: Sure}}
""",
    find=leads_nowhere("class"),
)
