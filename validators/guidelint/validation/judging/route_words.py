"""What a route asks for, in words: the same wherever an escalation is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.judging.plan_parts import Route


def taken_by(name: str, route: Route | None) -> str:
    """Say who takes an escalation and what is asked for: ``Haematologist (another reading, 2 in all)``."""
    return name if route is None else f"{route.who} ({', '.join(_asked_for(route))})"


def _asked_for(route: Route) -> Iterator[str]:
    if route.readers > 1:
        yield f"another reading, {route.readers} in all"
    if route.persons:
        yield f"asks {either(route.persons)}"
    elif route.readers <= 1:
        yield "looks at it"
    if route.within_hours:
        yield f"within {duration(route.within_hours)}"
    if route.hold:
        yield "held until then"
    if route.message:
        yield f"says “{' '.join(route.message.split())}”"


def duration(hours: float) -> str:
    """Say a time limit."""
    return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:g} h"
