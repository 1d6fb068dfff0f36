"""Where two versions of a guideline differ: the models of what is written, walked side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from guidelint.language.form.guideline import RuleUse
from guidelint.language.form.written import ANSWER_KEYS, SharedQuestion, WrittenCriterion, WrittenRelation, WrittenRules
from guidelint.language.versions.meanings import (
    ANOTHER_KIND,
    ANOTHER_NAME,
    CALLED_OTHERWISE,
    TITLE_OF_ANOTHER,
    meaning_of,
)
from guidelint.language.versions.successors import successors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.text.tree import KeyPath
    from guidelint.language.versions.meanings import Meaning

_WITH_RULES: Final[tuple[type[BaseModel], ...]] = (WrittenCriterion, WrittenRelation, WrittenRules)
"""Parts in which rules stand, the special before the general."""
_NOTHING: Final[tuple[object, ...]] = (None, (), "", {})


@dataclass(frozen=True, slots=True)
class Difference:
    """A key that both have with another value, or that one of them has."""

    path: KeyPath
    old: Any
    """None: it says nothing there."""
    new: Any
    meaning: Meaning
    named: int
    """So many steps of the path does the table of meanings name."""
    owner: type[BaseModel] | None = None
    """The model that holds the value, and the field: what the types say of it."""
    field: str = ""
    use: RuleUse | None = None
    """The use of a rule that it is a part of, as it is now."""
    becomes: str = ""
    """The name under which it goes on; empty: it does not, or has its name still."""
    had_by: str = ""
    """The part that had this title before; empty: none had."""

    @property
    def is_added(self) -> bool:
        """Whether nothing was said before."""
        return self.old is None and not self.becomes

    @property
    def is_removed(self) -> bool:
        """Whether nothing is said any more."""
        return self.new is None


def differences(old: BaseModel, new: BaseModel, path: KeyPath = ()) -> Iterator[Difference]:
    """Yield every difference with its meaning; those that mean nothing by themselves are left out."""
    if isinstance(old, WrittenRules) and isinstance(new, WrittenRules):
        yield from _of_uses(path, old.uses, new.uses)
    apart = {*_rule_fields(old), *_rule_fields(new)}
    if isinstance(old, SharedQuestion) and isinstance(new, SharedQuestion) and old.answer_key != new.answer_key:
        apart |= {*ANSWER_KEYS}
        kinds = (old.answer_key, new.answer_key)
        yield Difference((*path, new.answer_key), *kinds, ANOTHER_KIND, len(path) + 1)
    for name in dict.fromkeys((*type(old).model_fields, *type(new).model_fields)):
        if name not in apart:
            owner = type(new) if name in type(new).model_fields else type(old)
            key = owner.model_fields[name].alias or name
            yield from _of_values((*path, key), getattr(old, name, None), getattr(new, name, None), owner, name)


def _rule_fields(model: BaseModel) -> tuple[str, ...]:
    """Name the fields of rules, which are read as uses: a catalogue adds them to what is written of the part."""
    for own in (base for base in _WITH_RULES if isinstance(model, base)):
        return tuple(name for name in type(model).model_fields if name not in own.model_fields)
    return ()


def _of_values(path: KeyPath, old: Any, new: Any, owner: type[BaseModel], field: str) -> Iterator[Difference]:
    """Compare two values of a key; what is empty says nothing."""
    meaning, named = meaning_of(path)
    if meaning is None or old == new or (old in _NOTHING and new in _NOTHING):
        return
    if isinstance(old, BaseModel) and isinstance(new, BaseModel):
        yield from differences(old, new, path)
    elif isinstance(old, dict | None) and isinstance(new, dict | None):
        yield from _of_names(path, old or {}, new or {}, owner, field)
    else:
        yield Difference(path, _said(old), _said(new), meaning, named, owner, field)


def _said(value: Any) -> Any:
    return None if value in _NOTHING else value


def _of_names(
    path: KeyPath, old: Mapping[str, Any], new: Mapping[str, Any], owner: type[BaseModel], field: str
) -> Iterator[Difference]:
    followed = successors(old, new)
    renamed = {new_name: gone for gone, new_name in followed.items() if new_name not in old}
    titles = {one.path: one for one in _of_titles(path, old, new, followed)}
    yield from titles.values()
    for name in dict.fromkeys((*old, *new)):
        here = (*path, name)
        if name in followed:
            becomes = followed[name]
            yield Difference(here, old[name], new[becomes], ANOTHER_NAME, len(here), becomes=becomes)
        elif name in new and (was := renamed.get(name, name)) in old:
            below = _of_values(here, old[was], new[name], owner, field)
            yield from (one for one in below if one.path not in titles)
        else:
            meaning, named = meaning_of(here)
            if meaning is not None:
                yield Difference(here, old.get(name), new.get(name), meaning, named)


def _of_titles(
    path: KeyPath, old: Mapping[str, Any], new: Mapping[str, Any], followed: Mapping[str, str]
) -> Iterator[Difference]:
    """Look for titles that another part had before, which goes on under another one."""
    had = {title: name for name, part in old.items() if (title := getattr(part, "title", ""))}
    for name, part in new.items():
        title = getattr(part, "title", "")
        other = had.get(title, name)
        if name != other and followed.get(other, other) != name and getattr(old.get(name), "title", "") != title:
            before = getattr(old.get(name), "title", None)
            yield Difference((*path, name, "title"), before, title, TITLE_OF_ANOTHER, len(path) + 2, had_by=other)


def _of_uses(path: KeyPath, old: Mapping[str, RuleUse], new: Mapping[str, RuleUse]) -> Iterator[Difference]:
    called = _called_otherwise(old, new)
    for name in dict.fromkeys((*old, *new)):
        there, here, where = old.get(name), new.get(name), (*path, name)
        if name in called:
            yield Difference(where, there, new[called[name]], CALLED_OTHERWISE, len(where), becomes=called[name])
        if name in called or name in called.values():
            continue
        some = here or there
        if some is not None and some.rule.always:  # what a guideline does not set is judged as by default
            by_default = RuleUse.model_construct(rule=type(some.rule)())
            there, here = there or by_default, here or by_default
        if there is not None and here is not None and type(there.rule) is type(here.rule):
            yield from _of_use(where, there, here)
        else:
            meaning, named = meaning_of(where)
            if meaning is not None:
                yield Difference(where, there, here, meaning, named, use=some)


def _called_otherwise(old: Mapping[str, RuleUse], new: Mapping[str, RuleUse]) -> dict[str, str]:
    """Tell of uses that are gone by name under which name the same rule asks the same now."""
    came = {name: use for name, use in new.items() if name not in old}
    found: dict[str, str] = {}
    for gone, use in old.items():
        same = (name for name, other in came.items() if name not in found.values() and _asks_same(use, other))
        if gone not in new and (name := next(same, "")):
            found[gone] = name
    return found


def _asks_same(one: RuleUse, other: RuleUse) -> bool:
    return (one.rule, one.level, one.when) == (other.rule, other.level, other.when)


def _of_use(path: KeyPath, old: RuleUse, new: RuleUse) -> Iterator[Difference]:
    meaning, named = meaning_of(path)
    if meaning is None:
        return
    rule = type(new.rule)
    for name, field in rule.model_fields.items():
        there, here = getattr(old.rule, name), getattr(new.rule, name)
        if there != here:
            where = (*path, field.alias or name)
            yield Difference(where, _said(there), _said(here), meaning, named, rule, name, new)
    levels = (old.level or old.rule.level, new.level or new.rule.level)
    beside = {"level": levels, "note": (old.note, new.note), "when": (old.when, new.when)}
    for name, (there, here) in beside.items():
        if there != here:
            yield Difference((*path, name), _said(there), _said(here), meaning, named, RuleUse, name, new)
