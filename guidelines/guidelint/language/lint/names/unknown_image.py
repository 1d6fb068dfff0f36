"""A class, a question or a rule names an image that the task does not have."""

from __future__ import annotations

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import leads_nowhere

LINT = Lint(
    code="unknown-image",
    means="A class, a question or a rule names an image that the task does not have.",
    why=(
        "The images of a task stand under `images`, `of_task`, by their names; the message names the one that was "
        "probably meant."
    ),
    wrong="""\
images:
  of_task: {t1c: {title: T1 after contrast}, flair: {title: FLAIR}}
classes:
  lesion: {title: Lesion, definition: A dark spot., draw: polygon, border: inner, on: flare}
""",
    right="""\
images:
  of_task: {t1c: {title: T1 after contrast}, flair: {title: FLAIR}}
classes:
  lesion: {title: Lesion, definition: A dark spot., draw: polygon, border: inner, on: flair}
""",
    find=leads_nowhere("image"),
)
