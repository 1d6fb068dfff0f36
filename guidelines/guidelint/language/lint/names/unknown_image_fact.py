"""A fact of an image is named that is not known."""

from __future__ import annotations

from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import leads_nowhere

LINT = Lint(
    code="unknown-image-fact",
    means="A fact of an image is named that is not known.",
    why=("Under `images`, `keys` says under which key of the task data a fact such as the pixel spacing is delivered."),
    wrong="""\
images: {keys: {spacing: PixelSpacing}}
""",
    right="""\
images: {keys: {pixel_spacing: PixelSpacing}}
""",
    find=leads_nowhere("image-fact"),
)
