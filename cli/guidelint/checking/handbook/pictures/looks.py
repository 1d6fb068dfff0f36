"""How the drawings of cases look to people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.validation.rule.case import Drawn


def as_ellipse(one: Drawn) -> Drawn:
    """Show a full block of paint as an ellipse, which looks more like what is drawn."""
    is_block = one.as_ == "brush" and set(one.text) <= {"#", "\n"} and not one.excluded
    return replace(one, as_="ellipse") if is_block else one


def is_odd(one: Drawn) -> bool:
    """Whether it shows how something is delivered, and not how it is drawn."""
    return bool(one.malformed or one.undecodable or one.size_problem or one.image_rotation or one.labels)
