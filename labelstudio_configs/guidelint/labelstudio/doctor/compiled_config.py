"""The labeling config that a named version of a guideline compiles into."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from guidelint.labelstudio.target import outputs
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import NoSuchGuidelineError, find
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.labelstudio.doctor.config_link import Compiled
    from guidelint.language.form.guideline import Guideline


def compiled_config(file: Path | None) -> Compiled:
    """Compile from a file where one is given, otherwise from the library."""
    return partial(_compiled, file)


def _compiled(file: Path | None, name: str, version: str) -> str | None:
    guideline = _found(file, name, version)
    if guideline is None or (guideline.name, guideline.version) != (name, version):
        return None
    return outputs(guideline, compile_plan(guideline, catalogue()))["label_config.xml"]


def _found(file: Path | None, name: str, version: str) -> Guideline | None:
    try:
        return find(str(file) if file is not None else f"{name}@{version}")
    except NoSuchGuidelineError:
        return None
