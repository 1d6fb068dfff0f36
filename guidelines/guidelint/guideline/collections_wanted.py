"""Lists where names are wanted, names where a list is wanted, and single words where either is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.guideline.outline import fields_at
from guidelint.guideline.problem import Edit, Problem
from guidelint.guideline.slips.bullets import BULLETS
from guidelint.guideline.slips.line import quoted, wrong_joint
from guidelint.guideline.span import Span
from guidelint.guideline.suggest import listed, tidy
from guidelint.guideline.tree import Branch, Leaf, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.guideline.at import At
    from guidelint.guideline.tree import Node

_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+(?:and|or|&|\+|-)\s+")
_NAMING = ("name", "id", "key", "class", "title", "label")
_SHORT = 40
"""Letters of an example that a line has room for."""


def in_place_of_list(at: At, wanted: str) -> Problem:
    """Word names or a text where a list is wanted."""
    match at.node:
        case Branch(entries=entries) as branch:
            return _rewritten(branch, at.says(wanted), _row(list(entries)))
        case Leaf(written=written) if written[:1] in BULLETS and len(written) > 1:
            better = _row(re.split(rf"(?:^|\s+)[{re.escape(BULLETS)}-]\s+", written))
            message = f"`{written[0]}` begins no item of a list, so {at.subject} is no list"
            return at.problem("wrong-type", message, "Begin each item with a dash and a space: `- item`.", better)
        case Leaf(written=written) if re.match(r"-\S", written):
            return _dashes(at, written)
        case Leaf(written=written):
            better = _row(_BETWEEN.split(written))
            return at.problem("wrong-type", at.says(wanted), f"Write `{better}`.", better)
        case _:
            return at.problem("wrong-type", at.says(wanted), "Write each item behind a dash, or all in brackets.")


def in_place_of_names(at: At, row: Row) -> Problem:
    """Word a list where names with something beneath are wanted."""
    message = f"{at.subject} wants names with something beneath each, not a list"
    pairs = list(_pairs(at, row))
    if pairs and all(title for _, title in pairs):
        shown = ", ".join(f"`{name}: {title}`" for name, title in pairs[:4])
        joint = ", " if row.in_brackets else f"\n{' ' * row.span.column}"
        new = joint.join(f"{name}: {title}" for name, title in pairs)
        return _rewritten(row, message, f"{{{new}}}" if row.in_brackets else new, f"Write each with its name: {shown}.")
    example = f"{pairs[0][0]}:" if pairs else "name:"
    if at.name == "scale":
        return at.problem("wrong-type", message, "Write each step with what it means beneath each other: `1: Low`.")
    return at.problem(
        "wrong-type", message, f"Write each name as a key without a dash, the rest beneath it: `{example}`."
    )


def in_place_of_keys(at: At, wanted: str) -> Problem:
    """Word a value where keys are wanted."""
    keys = fields_at(at.model, at.place)
    needed = [name for name, field in keys.items() if field.is_required()] or sorted(keys, key=_is_no_maximum)
    if not isinstance(at.node, Leaf) or not keys:
        return at.problem("wrong-type", at.says(wanted), "Write a name, a colon, and what belongs to it beneath.")
    if (found := re.match(r"([\w-]+):(?=\S)", at.text)) and found[1] in keys:
        better = f"{found[1]}: {at.text[found.end() :]}"
        return at.problem("not-yaml", wrong_joint(found[1], ":"), f"Put a space: `{better}`.", better)
    if at.text in keys and at.name == "rules":
        better = f"{{{at.text}: {{}}}}"
        return at.problem("wrong-type", at.says(wanted), f"Write `rules: {better}`.", better)
    better = f"{{{needed[0]}: {item_text(at.text)}}}"
    example = (
        f", e.g. `{at.name}: {better}`" if at.name and len(at.text) <= _SHORT and at.text and at.name != "rules" else ""
    )
    return at.problem("wrong-type", at.says(wanted), f"Keys that may stand here: {listed(keys, 8)}{example}.")


def in_place_of_text(at: At, wanted: str) -> Problem:
    """Word a list or keys where a text is wanted: a bracket or a colon that belongs to the text."""
    match at.node:
        case Branch(entries=entries) as branch if len(entries) == 1:
            entry = next(iter(entries.values()))
            if isinstance(entry.value, Leaf) and not branch.in_brackets:
                better = quoted(f"{entry.key}: {entry.value.written}".strip())
                message = f"the colon makes `{entry.key}` a key, where a text is wanted"
                return _rewritten(branch, message, better, f"Put the text in quotation marks: `{better}`.")
        case Row(items=items) as row if row.in_brackets and all(isinstance(item, Leaf) for item in items):
            better = quoted(f"[{', '.join(item.written for item in items if isinstance(item, Leaf))}]")
            remedy = f"Take the brackets away, or put the text in quotation marks: `{better}`."
            return at.problem("wrong-type", at.says(wanted), remedy, better)
        case _:
            pass
    return at.problem("wrong-type", at.says(wanted), "Write one text; put brackets and colons in quotation marks.")


def _is_no_maximum(key: str) -> bool:
    """Whether a key is no upper limit, which a lone number is most often meant as."""
    return "max" not in key.split("_")


def item_text(item: str) -> str:
    """Write a text so that it can stand in brackets."""
    return item if re.fullmatch(r"\w[\w. -]*", item) else quoted(item)


def _row(items: list[str]) -> str:
    return f"[{', '.join(item_text(item.strip()) for item in items if item.strip())}]"


def _dashes(at: At, written: str) -> Problem:
    message = f"there is no space after the dash of `{written.split(maxsplit=1)[0]}`, so {at.subject} is no list"
    better = _row([item.lstrip("- ") for item in re.split(r"\s+(?=-)", written)])
    return at.problem("wrong-type", message, "Put a space after the dash of every item: `- item`.", better)


def _pairs(at: At, row: Row) -> Iterator[tuple[str, str]]:
    """Yield a name and a title for each item; the title is empty where the item has more beneath it."""
    for number, item in enumerate(row.items, start=1):
        match item:
            case Leaf(value=value, written=written) if at.name == "scale":
                yield str(number), "" if isinstance(value, int | float) else item_text(written)
            case Leaf(written=written):
                yield tidy(written) or "name", item_text(written) if at.name.startswith("choose") else ""
            case Branch() as branch:
                yield _name_in(branch), ""
            case _:
                yield "name", ""


def _name_in(item: Branch) -> str:
    """Find what an item of a list is called: by its only key, or under ``name`` and the like."""
    for key in _NAMING:
        if key in item.entries and isinstance(leaf := item.entries[key].value, Leaf):
            return tidy(leaf.written) or "name"
    return next(iter(item.entries), "name")


def _rewritten(node: Row | Branch, message: str, new: str, remedy: str = "") -> Problem:
    """Write a list or names anew, up to where their last part ends."""
    last: Node = node
    while isinstance(last, Row | Branch) and not last.in_brackets:
        inner = last.items if isinstance(last, Row) else [entry.value for entry in last.entries.values()]
        last = inner[-1]
    span = Span(node.span.line, node.span.column, last.span.end_line, last.span.end_column)
    return Problem("wrong-type", message, node.span, remedy or f"Write `{new}`.", Edit(span, new))
