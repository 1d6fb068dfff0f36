"""Where every statement of a guideline is enforced, as the keys, the rules and the target tool say themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from guidelint.language.compile.along import parted
from guidelint.language.compile.implied_checks import derived_checks
from guidelint.language.compile.of_several import as_told
from guidelint.language.form.allowed_keys import field_name, part_at
from guidelint.language.form.enforced import EnforcedBy
from guidelint.language.form.places.clauses import clause
from guidelint.language.lint.rule_uses import uses
from guidelint.language.reuse.attribute_sets import SETS
from guidelint.language.text.tree import Branch, Entry, node_at, walk
from guidelint.validation.rule.gathering import GatheringRule
from guidelint.validation.rule.parameters.said import meaning
from guidelint.validation.rule.parameters.shape import MOST_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from guidelint.language.compile.target import Target
    from guidelint.language.form.enforced import Place
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.loaded import Loaded
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.rule import Catalogue, Level, Rule
    from guidelint.validation.rule.scope import Moment

_ALSO: Mapping[Level, str] = {"error": "", "warning": ", pointed out only", "note": ", pointed out only"}


class Answer(NamedTuple):
    """Where a statement is enforced, and by what."""

    place: Place
    by: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What an author wrote under one key, with whatever stands beneath it."""

    path: KeyPath
    line: int
    """Counted from 1."""
    answers: tuple[Answer, ...]
    not_by_tool: str = ""
    """Why the annotation tool does nothing about it; empty: it does, or need not."""


def statements(read: Loaded, rules: Catalogue, target: Target) -> tuple[Statement, ...]:
    """List the statements of a guideline in their order, each once."""
    of_uses = {use.path: use for use in uses(read.written)}
    model, asked = type(read.written), _Asked(read, rules, target)
    found: dict[KeyPath, Statement] = {}
    for path, part in walk(read.root):
        if isinstance(part, Entry) and _is_last(path, part):
            line = part.key_span.line + 1
            for one in _stated(path, line, of_uses, model, asked):
                found.setdefault(one.path, one)
    return tuple(found.values())


@dataclass(frozen=True)
class _Asked:
    read: Loaded
    rules: Catalogue
    target: Target

    @cached_property
    def derived(self) -> Mapping[tuple[str, str], Check]:
        """What follows from the guideline without being written as a rule, by the rule and by what asks for it."""
        checks = derived_checks(self.read.guideline, self.rules)
        return {(check.rule.id(), check.clause): check for check in checks}


def _is_last(path: KeyPath, part: Entry) -> bool:
    """Whether no key stands beneath it; what stands in lists belongs to the key of the list."""
    return not (isinstance(part.value, Branch) and part.value.entries) and all(isinstance(step, str) for step in path)


def _stated(
    path: KeyPath, line: int, of_uses: Mapping[KeyPath, Use], model: type[BaseModel], asked: _Asked
) -> Iterator[Statement]:
    for length in range(len(path), 0, -1):
        if (use := of_uses.get(path[:length])) is not None:
            yield Statement(path[:length], line, (_of_use(use, asked),))
            return
        if (by := said_of(model, path[:length])) is not None:
            yield _answered(path if by.each else path[:length], line, by, asked)
            return
    if not isinstance(node_at(asked.read.root, path), Branch):  # nothing is written in an empty mapping
        yield Statement(path, line, ())


def said_of(model: type[BaseModel], path: KeyPath) -> EnforcedBy | None:
    """Say what a key itself says of where it is enforced; None: what stands beneath it says so."""
    part = part_at(model, path[:-1])
    name = field_name(part, str(path[-1])) if part else None
    return _said(part, name) if part and name else None


@lru_cache(maxsize=MOST_FIELDS)
def _said(part: type[BaseModel], name: str) -> EnforcedBy | None:
    return meaning(part, name, EnforcedBy)


def _of_use(use: Use, asked: _Asked) -> Answer:
    rule = as_told(use.rule, asked.read.guideline, asked.rules)
    return Answer(_moment(rule), f"{rule.id()}{', escalates' if use.escalates else _ALSO[use.level]}")


def _moment(rule: Rule) -> Moment:
    over = rule.over() if isinstance(rule, GatheringRule) else None
    return (over or rule.scope).moment


def _following(rule: type[Rule], path: KeyPath, asked: _Asked) -> Moment:
    """Tell when a rule judges that follows from a part of the guideline, which may say over what it gathers."""
    check = asked.derived.get((rule.id(), clause(*map(str, path))))
    return rule.scope.moment if check is None else _moment(check.rule)


def _is_asked_for(rule: type[Rule], path: KeyPath, asked: _Asked) -> bool:
    """Whether a key asks for a rule: the rule follows from it, or from what this guideline makes of it."""
    part, rest = parted(rule.follows) if rule.follows else ("", "")
    question = asked.read.guideline.attributes.get(str(path[1])) if part == path[0] == "attributes" else None
    if not rest and question is not None and not question.is_entered:
        return False  # nobody gives an answer that it would judge
    if not rest or path[0] != part or path[-1] == rest or len(path) > len(rule.follows.split(".")):
        return True
    return (rule.id(), clause(part, str(path[1]), rest)) in asked.derived


def _where_used(path: KeyPath) -> KeyPath:
    """Give the place that a question of a set has among those that are asked."""
    return ("attributes", *path[2:]) if path[0] == SETS and path[2:] else path


def _answered(path: KeyPath, line: int, by: EnforcedBy, asked: _Asked) -> Statement:
    used = _where_used(path)
    if used != path and used[1] not in asked.read.guideline.attributes:
        return Statement(path, line, (Answer("nothing", "nobody is asked it"),))
    able = asked.target.able(by.tool, asked.read.guideline, used) if by.tool else None
    answers = [Answer(able.place, able.how)] if able and able.place else []
    rules = [asked.rules[name] for name in by.rules if name in asked.rules]
    answers += [Answer(_following(rule, used, asked), rule.id()) for rule in rules if _is_asked_for(rule, used, asked)]
    if by.place is not None:
        answers.append(Answer(by.place, by.how))
    lacking = able.how if able and able.place is None else ""
    return Statement(path, line, tuple(answers), lacking)
