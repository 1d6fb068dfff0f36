"""Which guideline a labeling config was compiled from, readable from the config itself."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from guidelint.validation.judging.plan import Plan

ATTRIBUTE = "idAttr"
"""Attribute of the outermost tag that carries the marker: Label Studio's own editor keeps attributes, not comments."""

_MARKER = re.compile(r"guidelint:([a-z0-9-]{1,64}):(\d+\.\d+\.\d+):([0-9a-f]{64})(:exam)?")
_ROOT_ATTRIBUTE = re.compile(r"<View\b[^<>]{0,2000}?\bidAttr\s*=\s*[\"']([^\"'<>]{1,200})[\"']")


@dataclass(frozen=True, slots=True)
class Marker:
    """Name, version and plan digest of the guideline that a config enforces."""

    name: str
    version: str
    digest: str
    """SHA-256 of what the plan means; another version may mean the same."""
    is_exam: bool = False
    """Whether the project is an exam in the guideline, not work under it."""

    def __str__(self) -> str:
        return f"guidelint:{self.name}:{self.version}:{self.digest}{':exam' if self.is_exam else ''}"


def marker(plan: Plan, *, is_exam: bool = False) -> Marker:
    """Name what is compiled together with a plan."""
    return Marker(plan.guideline.name, plan.guideline.version, plan.digest, is_exam)


def read_marker(config: str) -> Marker | None:
    """Find the marker of a labeling config; None when it carries none.

    Only the start tag of the outermost View counts, and it is read without parsing: the text comes from outside.
    """
    start = _ROOT_ATTRIBUTE.match(config.lstrip("\ufeff \t\r\n"))
    found = start and _MARKER.fullmatch(start[1])
    return Marker(found[1], found[2], found[3], found[4] is not None) if found else None


def mark(root: ET.Element, made_from: Marker) -> None:
    """Write the marker into the outermost tag."""
    root.set(ATTRIBUTE, str(made_from))


def config_digest(config: str) -> str:
    """SHA-256 of a whole labeling config; space around it does not count, as in a push."""
    return hashlib.sha256(config.strip().encode()).hexdigest()
