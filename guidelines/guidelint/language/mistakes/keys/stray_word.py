"""A key that is none because a comma, a colon or a space went wrong in braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_origin

from guidelint.language.text.numerals import meant_number
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.quoted import quoted
from guidelint.language.text.slips.line import wrong_joint
from guidelint.language.text.span import Span
from guidelint.language.text.tree import Branch, Entry, Leaf, key_span, node_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from guidelint.language.text.tree import KeyPath, Node

_JOINT = re.compile(r"(?P<key>[\w-]+)(?P<sign>:|\s*=\s*|\s+)(?P<value>\S.*)")


_BRACE = re.compile(r"(?P<key>[\w-]+)\s*(?P<rest>\{[\w-]+)")


def _before_brace(found: re.Match[str], place: Span) -> Problem:
    """Tell a key before keys in braces, with no colon between."""
    better = f"{found['key']}: {found['rest']}"
    message = wrong_joint(found["key"], "")
    return Problem("not-yaml", message, place, f"Put a colon: `{better}`.", Edit(place, better))


def joint_key(name: str) -> str | None:
    """Find the key in a word that is a key and its value without a space or a colon between."""
    found = _JOINT.fullmatch(name)
    return found["key"] if found else None


def stray_word(path: KeyPath, root: Node, known: Mapping[str, FieldInfo]) -> Problem | None:
    """Tell a word in braces that was meant as part of a value, or as a key with its value."""
    if (found := _BRACE.fullmatch(str(path[-1]))) and found["key"] in known:
        return _before_brace(found, key_span(root, path))
    node, part, name = node_at(root, path), node_at(root, path[:-1]), str(path[-1])
    if not isinstance(node, Leaf) or node.value is not None or node.written or not isinstance(part, Branch):
        return None
    found = _JOINT.fullmatch(name)
    if found and found["key"] in known:
        return _joint(found, key_span(root, path))
    before = _before(part, name) if part.in_brackets else None
    if before is None:
        return None
    field = known.get(before.key)
    return _after_comma(before, name, key_span(root, path), is_list=field is not None and _is_list(field.annotation))


def _joint(found: re.Match[str], place: Span) -> Problem:
    key, better = found["key"], f"{found['key']}: {found['value']}"
    return Problem("not-yaml", wrong_joint(key, found["sign"]), place, f"Write `{better}`.", Edit(place, better))


def _before(part: Branch, name: str) -> Entry | None:
    """Find the entry before a key, whose value a comma may have cut."""
    names = list(part.entries)
    at = names.index(name)
    return part.entries[names[at - 1]] if at else None


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is tuple


def _after_comma(before: Entry, name: str, place: Span, *, is_list: bool) -> Problem | None:
    if not isinstance(before.value, Leaf):
        return None
    first, whole = (
        before.value,
        Span(before.value.span.line, before.value.span.column, place.end_line, place.end_column),
    )
    if isinstance(first.value, int | float) and re.fullmatch(r"\d+", name):
        meant = meant_number(f"{first.written},{name}", before.key)
        message = f"the comma cuts the number of `{before.key}` in two"
        if meant.number is not None:
            message = f"the decimal comma cuts the number of `{before.key}` in two"
        return Problem("not-yaml", message, whole, meant.advice, Edit(whole, meant.number) if meant.number else None)
    if is_list:
        better = f"[{first.written}, {name}]"
        message = f"the comma ends the list of `{before.key}`, so `{name}` is taken for a key"
        return Problem("not-yaml", message, whole, f"Put the list in brackets: `{better}`.", Edit(whole, better))
    better = quoted(f"{first.written}, {name}")
    message = f"the comma ends the text of `{before.key}`, so `{name}` is taken for a key"
    return Problem("not-yaml", message, whole, f"Put the text in quotation marks: `{better}`.", Edit(whole, better))
