"""Where in the file an error of the validator stands that is about a use with a name of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from guidelint.language.form.allowed_keys import part_at
from guidelint.language.form.use_name import UseName
from guidelint.language.form.written import WrittenRules
from guidelint.language.text.tree import Branch, node_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from guidelint.language.text.tree import KeyPath, Node

RULE = "rule"
"""Key beneath the name of a use that names the rule."""
NAME_OF_A_RULE = "name-of-a-rule"
"""Type of the error that the name of a use is the id of another rule."""
NO_SUCH_RULE = "no-such-rule"
"""Type of the error that a use names a rule that is none, or stands elsewhere."""


def in_the_file(errors: Iterable[ErrorDetails], model: type[BaseModel], root: Node) -> list[ErrorDetails]:
    """Give each error the path that the file has, and errors about names of uses a type of their own, each once."""
    found: dict[tuple[str, KeyPath], ErrorDetails] = {}
    for error in errors:
        for kind, loc in _placed(error, model, root):
            found.setdefault((kind, loc), cast("ErrorDetails", {**error, "type": kind, "loc": loc}))
    named_wrong = {loc for kind, loc in found if kind == NAME_OF_A_RULE}
    return [error for (_, loc), error in found.items() if not named_wrong & {loc[:at] for at in range(len(loc))}]


def _placed(error: ErrorDetails, model: type[BaseModel], root: Node) -> Iterator[tuple[str, KeyPath]]:
    kind, loc = error["type"], error["loc"]
    at = _step_of_name(loc, model)
    if at is None:
        is_other = kind == "literal_error" and loc[-1] == RULE and _is_rules(part_at(model, loc[:-2]))
        yield (NAME_OF_A_RULE, loc[:-1]) if is_other else (kind, loc)
    elif len(loc) > at + 1:
        yield kind, (*loc[:at], UseName.of(str(loc[at]), str(loc[at + 1])), *loc[at + 2 :])
    else:
        yield _about_the_name(kind, loc, root)


def _about_the_name(kind: str, loc: KeyPath, root: Node) -> tuple[str, KeyPath]:
    """Take what names no rule for a mistyped rule, as it would be without names."""
    use = node_at(root, loc)
    if not isinstance(use, Branch) or RULE not in use.entries:
        return "extra_forbidden", loc
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return NO_SUCH_RULE, (*loc, RULE)
    return kind, loc if kind == NAME_OF_A_RULE else (*loc, "[key]")


def _step_of_name(loc: KeyPath, model: type[BaseModel]) -> int | None:
    """Find the step of a path that is the name of a use."""
    for at, step in enumerate(loc):
        if step == "rules":
            rules = part_at(model, loc[: at + 1])
            if rules is not None and _is_rules(rules) and at + 1 < len(loc) and not _is_field(rules, loc[at + 1]):
                return at + 1
    return None


def _is_rules(part: type[BaseModel] | None) -> bool:
    return part is not None and issubclass(part, WrittenRules) and bool(part.named)


def _is_field(part: type[BaseModel], step: str | int) -> bool:
    return any(field.alias == step for field in part.model_fields.values())
