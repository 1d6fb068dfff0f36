"""What is wrong with a payload, in plain words instead of those of msgspec."""

from __future__ import annotations

import re

_MISMATCH = re.compile(r"Expected `(?P<want>[^`]+)`, got `(?P<got>[^`]+)`(?: - at `\$\.?(?P<where>[^`]*)`)?")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`.*")
_OTHER = re.compile(r"(?P<what>.*?) - at `\$\.?(?P<where>[^`]*)`")
_VERTEX = re.compile(r"(?:points|vertices)\[(?P<index>\d+)\](?:\[(?P<axis>[01])\])?\.?(?P<rest>.*)")
_PLAIN_TYPES = {
    "float": "a number",
    "int": "a whole number",
    "str": "text",
    "array": "a list",
    "object": "an object",
    "bool": "true or false",
    "null": "nothing",
}


def plainly(message: str) -> str:
    """Say in plain words what a decoder found wrong."""
    if mismatch := _MISMATCH.fullmatch(message):
        wanted = " or ".join(_type(name) for name in mismatch["want"].split(" | ") if name != "null")
        return f"{_place(mismatch['where'])} should be {wanted}, found {_found(wanted, mismatch['got'])}"
    if missing := _MISSING.fullmatch(message):
        return f"{missing['name']} is missing"
    if other := _OTHER.fullmatch(message):
        return f"{_place(other['where'])}: {lower_first(other['what'].replace('`', ''))}"
    return lower_first(message.replace("`", ""))


def _found(wanted: str, got: str) -> str:
    """Name what stands there; NaN and Infinity are read as text."""
    return "text, NaN or Infinity" if got == "str" and wanted == _PLAIN_TYPES["float"] else _type(got)


def _place(where: str | None) -> str:
    if not where:
        return "it"
    if vertex := _VERTEX.fullmatch(where):
        part = {"0": "x", "1": "y"}.get(vertex["axis"] or "", vertex["rest"])
        return f"{part} of vertex {int(vertex['index']) + 1}" if part else f"vertex {int(vertex['index']) + 1}"
    return where


def _type(name: str) -> str:
    return _PLAIN_TYPES.get(name, name)


def lower_first(text: str) -> str:
    """Go on in the middle of a sentence."""
    return text[:1].lower() + text[1:]
