"""A value of another kind than is wanted: text for a number, a word for true or false, a list for a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import description_at, fields_at
from guidelint.language.form.shorthand import TrueOrFalse
from guidelint.language.mistakes.values.bare_names import bare_names
from guidelint.language.mistakes.values.collections_wanted import (
    in_place_of_list,
    in_place_of_names,
    in_place_of_text,
)
from guidelint.language.mistakes.values.keys_wanted import in_place_of_keys
from guidelint.language.mistakes.values.multiples import meant_multiple
from guidelint.language.text.numerals import meant_number
from guidelint.language.text.suggest import listed
from guidelint.language.text.tree import Leaf, Row

if TYPE_CHECKING:
    from guidelint.language.mistakes.at import At
    from guidelint.language.text.problem import Problem

WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list, like `[one, another]`",
    "frozen_set_type": "a list, like `[one, another]`",
    "dict_type": "names with something beneath each",
    "mapping_type": "names with something beneath each",
    "model_type": "keys beneath it",
    "model_attributes_type": "keys beneath it",
}
_YES = {"yes", "y", "on", "ja", "oui", "si", "sí", "true", "1", "always", "ano", "vrai", "wahr", "verdadero"}
_NO = {"no", "n", "off", "nein", "non", "false", "0", "never", "optional", "ne", "faux", "falsch", "falso"}


def wrong_type(at: At) -> Problem:
    """Word what is wanted, what was found, and how to write the one for the other."""
    wanted, node = WANTED[at.error["type"]], at.node
    if isinstance(node, Leaf):
        if _is_switch(at, node):
            return _switch(at)
        if node.value is None:
            return bare_names(at) or _empty(at, node, wanted)
    return _other_kind(at, wanted)


def _other_kind(at: At, wanted: str) -> Problem:
    match wanted.split(maxsplit=1)[0], at.node:
        case "names", Row() as row:
            return in_place_of_names(at, row)
        case "keys", Row() as row if at.name == "rules":
            return in_place_of_names(at, row)
        case (("names" | "keys"), _):
            return in_place_of_keys(at, wanted)
        case "text", _:
            return in_place_of_text(at, wanted)
        case _ if "list" in wanted:
            return in_place_of_list(at, wanted)
        case _:
            return _no_number(at, wanted)


def _is_switch(at: At, node: Leaf) -> bool:
    """Whether true or false is wanted, and a word that could mean it is written."""
    may_be = at.error["type"] == "bool_type" or (at.field is not None and TrueOrFalse in at.field.metadata)
    return may_be and node.value is not None


def _switch(at: At) -> Problem:
    word, is_alone = at.text.strip(" ,;.").lower(), at.error["type"] == "bool_type"
    better = "true" if word in _YES else "false" if word in _NO else None
    wanted = "true or false" if is_alone else "true or false, or keys beneath it"
    remedy = (
        f"Write `{better}`." if better else f"Write `true` or `false`{'' if is_alone else ', or `when:` beneath it'}."
    )
    return at.problem("wrong-type", at.says(wanted), remedy, better)


def _empty(at: At, node: Leaf, wanted: str) -> Problem:
    said = f"`{node.written}` means nothing" if node.written else "nothing is written"
    return at.problem("empty", f"{said} under {at.subject}; {wanted} is wanted", fill(at))


def fill(at: At) -> str:
    """Advise what to write where nothing is written."""
    required = at.field is not None and at.field.is_required()
    if at.error["type"] != "float_type" and (keys := list(fields_at(at.model, at.place))):
        return f"Write beneath it what it has: {listed(keys, 8)}{'' if required else '; or delete it'}."
    what = description_at(at.model, at.place).rstrip(".")
    about = f" ({what[:1].lower()}{what[1:]})" if what else ""
    return f"Write it behind the colon{about}{'' if required else ', or delete the line'}."


def _no_number(at: At, wanted: str) -> Problem:
    if not isinstance(at.node, Leaf):
        return at.problem("wrong-type", at.says(wanted), f"Write one: `{at.name}: 10`.")
    if isinstance(at.node.value, float):
        return at.problem("wrong-type", at.says(wanted), f"Write it without decimals, like `{at.node.value:.0f}`.")
    if multiple := meant_multiple(at.text, at.type):
        return at.problem("wrong-type", at.says(f"{wanted}, or a multiple of a fact"), f"Write `{multiple}`.", multiple)
    meant = meant_number(at.text, at.name)
    return at.problem("wrong-type", at.says(wanted, meant.why), meant.advice, meant.number)
