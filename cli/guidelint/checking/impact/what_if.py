"""The plan of a guideline with single values moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find_loaded
from guidelint.language.texts import NoSuchGuidelineError
from guidelint.language.versions.moved import moved
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.language.loaded import Loaded
    from guidelint.validation.judging.plan import Plan


def plan_with(guideline: str, values: Iterable[str]) -> Plan:
    """Compile a guideline with ``PATH=VALUE``. Raises GuidelineProblems or NoSuchGuidelineError."""
    pairs = _pairs(values)
    return plan_of_moved(moved(find_loaded(guideline), pairs), pairs)


def plan_of_moved(read: Loaded, values: Mapping[str, str]) -> Plan:
    """Compile a guideline with values moved, under a version that says so."""
    plan = compile_plan(read.guideline, catalogue())
    told = ", ".join(f"{path}={value}" for path, value in values.items())
    version = f"{plan.guideline.version} with {told}"
    return replace(plan, guideline=msgspec.structs.replace(plan.guideline, version=version))


def _pairs(values: Iterable[str]) -> dict[str, str]:
    pairs = {path: value for text in values for path, _, value in [text.partition("=")]}
    for path, value in pairs.items():
        if not path or not value:
            raise NoSuchGuidelineError(f"`{path}={value}` moves nothing; write PATH=VALUE, as in guideline.key=4")
    return pairs
