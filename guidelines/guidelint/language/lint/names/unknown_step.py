"""A decision leads to a step that is not there."""

from __future__ import annotations

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import leads_nowhere

LINT = Lint(
    code="unknown-step",
    means="A decision leads to a step that is not there.",
    why="Steps stand under `procedure`, `steps`, by their names; the message names the one that was probably meant.",
    wrong="""\
procedure:
  steps:
    look: {do: Look at the whole image., decide: {Nothing is seen: quality}}
    judge-quality: {do: Say whether the image can be read.}
""",
    right="""\
procedure:
  steps:
    look: {do: Look at the whole image., decide: {Nothing is seen: judge-quality}}
    judge-quality: {do: Say whether the image can be read.}
""",
    find=leads_nowhere("step"),
)
