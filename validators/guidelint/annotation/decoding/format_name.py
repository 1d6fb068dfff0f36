"""The names of formats, told by the files that decode them; none of those is loaded for it."""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING, Literal

import guidelint.annotation.decoding.formats

AT_HOME = "label-studio"
"""The format of the tool that guidelines are compiled for: a guideline that names no format is about it."""


def format_names() -> tuple[str, ...]:
    """Every format's name: a decoder's file, or its folder, has its name."""
    folder = guidelint.annotation.decoding.formats.__path__
    return AT_HOME, *sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(folder))


if TYPE_CHECKING:
    FormatName = str
else:
    FormatName = Literal[*format_names()]
