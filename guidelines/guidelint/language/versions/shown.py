"""Values of a guideline as a sentence writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.said import meanings
from guidelint.validation.rule.wording import Worded, both, measure, number

if TYPE_CHECKING:
    from guidelint.language.versions.differences import Difference

_LONGEST: Final = 60
_LONGEST_PART: Final = 160
"""So long may a condition or a mapping be, written in one line."""


def shown(one: Difference, value: Any) -> str:
    """Write a value; empty: it is too long for a sentence, or has no short form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Worded):
        return measure(value, _singular(_unit(one)) if value == 1 else _unit(one))
    if isinstance(value, str):
        return value if len(value) <= _LONGEST and "\n" not in value else ""
    if isinstance(value, Between):
        return value.told()
    written = flow(value) if isinstance(value, BaseModel | dict) else ""
    return f"`{written}`" if len(written) <= _LONGEST_PART else ""


def flow(value: Any) -> str:
    """Write a part of a guideline in one line, as YAML would."""
    if isinstance(value, BaseModel):
        return flow(value.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    if isinstance(value, dict):
        return f"{{{', '.join(f'{flow(key)}: {flow(one)}' for key, one in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value) if isinstance(value, int | float) else str(value)


def _singular(unit: str) -> str:
    """Write what is counted as one of it."""
    return unit.replace("pixels", "pixel").replace("slices", "slice")


def of_items(one: Difference) -> str:
    """Tell which items of a list came and which went."""
    old, new = one.old or (), one.new or ()
    came, went = [item for item in new if item not in old], [item for item in old if item not in new]
    if not came and not went:
        return "stands in another order"
    told = [f"has {both(map(_item, came))} now"] if came else []
    return " and ".join([*told, *([f"no longer has {both(map(_item, went))}"] if went else [])])


def _unit(one: Difference) -> str:
    if one.owner is None:
        return ""
    return next((said.unit for said in meanings(one.owner, one.field) if isinstance(said, Amount)), "")


def _item(item: Any) -> str:
    if isinstance(item, BaseModel):
        return str(getattr(item, "value", "") or getattr(item, "title", "") or "another part")
    return both(map(_item, item)) if isinstance(item, tuple) else f"`{item}`"
