"""What editors are told of keys that one part may leave to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def unless_given(key: str, *needed: str) -> Callable[[dict[str, Any]], None]:
    """Make the change of a schema that lets keys be left out where another is given."""

    def change(schema: dict[str, Any]) -> None:
        schema["required"] = [name for name in schema["required"] if name not in needed]
        schema["if"] = {"not": {"required": [key]}}
        schema["then"] = {"required": list(needed)}

    return change
