"""Plain values as YAML, short parts in one line, comments above what they are about."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from guidelint.language.text.quoted import quoted
from guidelint.language.text.scalar import scalar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH: Final = 120
TO_DO: Final = "TODO"
"""What stands where a text is still to be written; the lint ``to-be-written`` finds it."""
_PLAIN = re.compile(r"[A-Za-z0-9][\w .()/+-]*(?<! )")
_UNQUOTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Noted:
    """A value, and the comment that stands above its key."""

    value: object
    comment: Sequence[str] = ()


def yaml_text(parts: Mapping[str, object]) -> str:
    """Write a mapping in the order given."""
    lines: list[str] = []
    for key, value in parts.items():
        block = list(_block({key: value}, 0))
        apart = len(block) > 1 or (lines and lines[-1].startswith((" ", "#")))
        lines += ["", *block] if apart and lines else block
    return "\n".join(lines) + "\n"


def scalar_text(value: object) -> str:
    """Write one value so that it is read back as it is."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _text(text: str) -> str:
    if _UNQUOTABLE.search(text):
        escaped = text.replace("\\", r"\\").replace('"', r"\"")
        return f'"{_UNQUOTABLE.sub(_escaped, escaped)}"'
    is_plain = _PLAIN.fullmatch(text) and isinstance(scalar_of(text), str)
    return text if is_plain else quoted(text)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _block(parts: Mapping[str, object], indent: int) -> Iterator[str]:
    begins = " " * indent
    for key, given in parts.items():
        value, comment = (given.value, given.comment) if isinstance(given, Noted) else (given, ())
        yield from (f"{begins}# {line}".rstrip() for line in comment)
        name = f"{begins}{_key(key)}:"
        line = f"{name} {in_line(value)}"
        if isinstance(value, Mapping) and value and (len(line) > WIDTH or indent == 0 or _is_noted(value)):
            yield name
            yield from _block(value, indent + 2)
        elif isinstance(value, list | tuple) and value and len(line) > WIDTH:
            yield name
            yield from (f"{begins}  - {in_line(item)}" for item in value)
        elif isinstance(value, str) and len(line) > WIDTH and value == " ".join(value.split()):
            yield f"{name} >-"
            yield from _wrapped(value, f"{begins}  ")
        else:
            yield line


def in_line(value: object) -> str:
    """Write a value on one line, comments left out."""
    match value:
        case Noted(value=inner):
            return in_line(inner)
        case Mapping():
            return "{" + ", ".join(f"{_key(key)}: {in_line(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(in_line, value)) + "]"
        case _:
            return scalar_text(value)


def _key(key: str) -> str:
    return key if re.fullmatch(r"-?\d+", key) else scalar_text(key)


def _wrapped(text: str, begins: str) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=begins,
        subsequent_indent=begins,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _is_noted(value: object) -> bool:
    """Whether something inside has a comment, which a line cannot hold."""
    match value:
        case Noted(comment=comment, value=inner):
            return bool(comment) or _is_noted(inner)
        case Mapping():
            return any(map(_is_noted, value.values()))
        case _:
            return False
