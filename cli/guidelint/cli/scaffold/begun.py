"""The text with which a guideline begins: empty, a copy, or what another project tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from guidelint.language.layout.laid_out import laid_out
from guidelint.language.library import find, source
from guidelint.language.schema.as_text import MODELINE
from guidelint.language.sketch.yaml_text import TO_DO, yaml_text

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_VERSION = "0.1.0"
_EMPTY: Mapping[str, object] = {
    "classes": {"lesion": {"title": "Lesion", "definition": TO_DO, "draw": "polygon"}},
}


@dataclass(frozen=True, slots=True)
class Begun:
    """A guideline as it begins."""

    text: str
    left_out: tuple[str, ...] = ()
    """What of the source is not in it, each with its reason."""
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """Files that its instructions show, by their address."""


def empty(name: str) -> Begun:
    """Begin with one class, and everything still to be written."""
    return Begun(written(name, _EMPTY))


def copied(name: str, what: str) -> Begun:
    """Begin with a copy of a guideline. Raises NoSuchGuidelineError or GuidelineProblems."""
    read = find(what)
    text, _ = source(what)
    for key, value in (("guideline", name), ("version", FIRST_VERSION), ("status", "draft")):
        text = re.sub(rf"(?m)^{key}:.*$", f"{key}: {value}", text, count=1)
    pictures = {address: picture.content for address, picture in read.pictures.items() if _is_inside(address)}
    return Begun(MODELINE + text, pictures=pictures)


def written(name: str, parts: Mapping[str, object]) -> str:
    """Write a guideline of these parts, with what every guideline has around them."""
    title = name.replace("-", " ").capitalize()
    head = {"guidelint": 1, "guideline": name, "version": FIRST_VERSION, "title": title, "summary": TO_DO}
    tail = {"empty_reading": {"means": TO_DO}, "instructions": TO_DO}
    return laid_out(MODELINE + yaml_text({**head, **tail, **parts}))


def _is_inside(address: str) -> bool:
    """Whether a picture lies in the folder of its guideline, and not above it or elsewhere."""
    path = PurePosixPath(address)
    return not path.is_absolute() and ".." not in path.parts
