"""Plans of format 1, which left out every parameter that was the default of the engine that wrote them: 0.1.0."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from guidelint.validation.judging.meaning import Content

FORMAT: Final = 1


def as_format_2(content: Content) -> Content:
    """Write out every parameter with the default that it had then; each rule measures as its first revision did."""
    return {**content, "format": 2, "checks": [_check(check) for check in content["checks"]]}


def _check(check: Content) -> Content:
    parameters = {**defaults().get(check["rule"], {}), **check["parameters"]}
    return {**check, "parameters": parameters, "revision": 1}


@cache
def defaults() -> dict[str, dict[str, Any]]:
    """Give rule → parameter → its default in 0.1.0. A rule of somebody else's package has those it has here."""
    text = files("guidelint.validation.judging").joinpath("defaults_0_1_0.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, dict[str, Any]])
