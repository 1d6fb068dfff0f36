"""Lists where names are wanted, names where a list is wanted, and single words where either is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args, get_origin

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.text.quoted import quoted
from guidelint.language.text.rewritten import rewritten
from guidelint.language.text.slips.bullets import BULLETS
from guidelint.language.text.suggest import item_text, tidy
from guidelint.language.text.tree import Branch, Leaf, Row, node_at
from guidelint.validation.rule.condition import Condition
from guidelint.validation.rule.parameters.naming import NameOf
from guidelint.validation.rule.parameters.shape import all_meanings, stripped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.mistakes.at import At
    from guidelint.language.text.problem import Problem

_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+(?:and|or|&|\+|-)\s+")
_IN_CONDITION = frozenset(field.alias or name for name, field in Condition.model_fields.items())
_NAMING = ("name", "id", "key", "class", "title", "label")


def in_place_of_list(at: At, wanted: str) -> Problem:
    """Word names or a text where a list is wanted."""
    match at.node:
        case Branch() as branch:
            return _names_for_list(at, wanted, branch)
        case Leaf(written=written):
            return _text_for_list(at, wanted, written)
        case _:
            return at.problem("wrong-type", at.says(wanted), "Write each item behind a dash, or all in brackets.")


def _names_for_list(at: At, wanted: str, branch: Branch) -> Problem:
    if fields_at(at.model, (*at.place, 0)):
        return _one_item(at, wanted, branch)
    if at.place[-2:-1] == ("when",) and at.name in _IN_CONDITION:
        return _wider_condition(at)
    if _holds_lists(at):
        leaves = {key: entry.value for key, entry in branch.entries.items()}
        pairs = [f"[{key}, {leaf.written}]" for key, leaf in leaves.items() if isinstance(leaf, Leaf)]
        return rewritten(branch, at.says(wanted), f"[{', '.join(pairs)}]")
    return rewritten(branch, at.says(wanted), _row(list(branch.entries)))


def _wider_condition(at: At) -> Problem:
    """Word a condition of rules where only answers to other questions are asked for."""
    message = f"this `when` names other questions and their options, and {at.subject} is neither"
    if at.name in {"answer", "number", "any_of"}:
        remedy = "Write the questions right beneath it: `when: {question: option}`."
        return at.problem("wrong-type", message, remedy)
    return at.problem("wrong-type", message, f"Write it beside `when:`, as `where: {{{at.name}: …}}`.")


def _holds_lists(at: At) -> bool:
    """Whether the items of the list are lists themselves, such as pairs."""
    _, bare = stripped(at.type)
    _, item = stripped(get_args(bare)[0]) if get_origin(bare) is tuple else ((), None)
    return get_origin(item) is tuple


def _text_for_list(at: At, wanted: str, written: str) -> Problem:
    around = node_at(at.root, at.place[:-1])
    if isinstance(around, Row):
        return _unpaired(at, around)
    if written[:1] in BULLETS and len(written) > 1:
        better = _row(re.split(rf"(?:^|\s+)[{re.escape(BULLETS)}-]\s+", written))
        message = f"`{written[0]}` begins no item of a list, so {at.subject} is no list"
        return at.problem("wrong-type", message, "Begin each item with a dash and a space: `- item`.", better)
    if re.match(r"-\S", written):
        return _dashes(at, written)
    better = _row(_BETWEEN.split(written))
    return at.problem("wrong-type", at.says(wanted), f"Write `{better}`.", better)


def in_place_of_names(at: At, row: Row) -> Problem:
    """Word a list where names with something beneath are wanted."""
    message = f"{at.subject} wants names with something beneath each, not a list"
    pairs = list(_pairs(at, row))
    if pairs and all(title for _, title in pairs):
        shown = ", ".join(f"`{name}: {title}`" for name, title in pairs[:4])
        joint = ", " if row.in_brackets else f"\n{' ' * row.span.column}"
        new = joint.join(f"{name}: {title}" for name, title in pairs)
        return rewritten(row, message, f"{{{new}}}" if row.in_brackets else new, f"Write each with its name: {shown}.")
    example = f"{pairs[0][0]}:" if pairs else "name:"
    if at.name == "scale":
        return at.problem("wrong-type", message, "Write each step with what it means beneath each other: `1: Low`.")
    return at.problem(
        "wrong-type", message, f"Write each name as a key without a dash, the rest beneath it: `{example}`."
    )


def in_place_of_text(at: At, wanted: str) -> Problem:
    """Word a list or keys where a text is wanted: a bracket or a colon that belongs to the text."""
    name = next((one for one in all_meanings(at.type) if isinstance(one, NameOf)), None)
    match at.node:
        case Branch(entries=entries) as branch if len(entries) == 1:
            entry = next(iter(entries.values()))
            if isinstance(entry.value, Leaf) and not branch.in_brackets:
                better = quoted(f"{entry.key}: {entry.value.written}".strip())
                message = f"the colon makes `{entry.key}` a key, where a text is wanted"
                return rewritten(branch, message, better, f"Put the text in quotation marks: `{better}`.")
        case Row(items=[Leaf(written=written)]) as row if row.in_brackets and tidy(written) == written:
            return at.problem("wrong-type", at.says(wanted), f"Take the brackets away: `{written}`.", written)
        case Row(items=items) if name is not None and all(isinstance(item, Leaf) for item in items):
            first = next(item.written for item in items if isinstance(item, Leaf))
            remedy = f"Write one of them, `{at.name}: {first}`, and give each other one an entry of its own."
            return at.problem("wrong-type", f"{at.subject} wants one {name.words}, not a list", remedy)
        case Row(items=items) as row if row.in_brackets and all(isinstance(item, Leaf) for item in items):
            better = quoted(f"[{', '.join(item.written for item in items if isinstance(item, Leaf))}]")
            remedy = f"Take the brackets away, or put the text in quotation marks: `{better}`."
            return at.problem("wrong-type", at.says(wanted), remedy, better)
        case _:
            pass
    return at.problem("wrong-type", at.says(wanted), "Write one text; put brackets and colons in quotation marks.")


def _row(items: list[str]) -> str:
    return f"[{', '.join(item_text(item.strip()) for item in items if item.strip())}]"


def _one_item(at: At, wanted: str, branch: Branch) -> Problem:
    """Word keys where a list of such is wanted: they are one item of it."""
    if branch.in_brackets:
        return at.problem("wrong-type", at.says(wanted), "Put brackets around the braces: `[{…}]`.")
    first = next(iter(branch.entries))
    remedy = f"Put a dash before the first key, `- {first}:`, and align the keys below with it."
    return at.problem("wrong-type", at.says(wanted), remedy)


def _unpaired(at: At, around: Row) -> Problem:
    """Word single names where a list of lists is wanted, once for all of them."""
    names = [item.written for item in around.items if isinstance(item, Leaf)]
    message = f"each item of `{at.name}` is a list of its own, and `{at.written}` is none"
    if len(names) < 2 or len(names) != len(around.items):  # noqa: PLR2004 - a pair
        return at.problem("wrong-type", message, "Write what belongs together in brackets: `[[one, another]]`.")
    return rewritten(around, message, f"[[{', '.join(item_text(name) for name in names)}]]")


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
