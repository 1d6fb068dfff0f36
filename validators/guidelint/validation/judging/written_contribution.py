"""A contribution as bytes, for whoever keeps contributions outside of memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from guidelint.validation.judging.contributions import RuleFault
from guidelint.validation.rule.gathering import Gathered, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.judging.contributions import Content

Kind = Literal["told", "unknown", "fault"]
TOLD: Kind = "told"
"""Kind of what can be told."""


def written(content: Content) -> tuple[Kind, bytes]:
    """Write it as MessagePack, which unlike JSON keeps what is no number."""
    match content:
        case Gathered(value=value):
            return TOLD, msgspec.msgpack.encode(value)
        case Unknown():
            return "unknown", msgspec.msgpack.encode(content)
        case RuleFault():
            return "fault", msgspec.msgpack.encode(content)


class ContributionReader:
    """Reads contributions back."""

    def __init__(self, types: Mapping[str, type]) -> None:
        """``types``: key of each check → type of what it gathers."""
        self._values = {key: msgspec.msgpack.Decoder[Any](kind) for key, kind in types.items()}

    def read(self, check: str, group: str, kind: str, content: bytes) -> Content:
        """Read what was written of a contribution under a check, in a group."""
        match kind:
            case "told":
                return Gathered(self._values[check].decode(content), group)
            case "unknown":
                return msgspec.msgpack.decode(content, type=Unknown)
            case _:
                return msgspec.msgpack.decode(content, type=RuleFault)
