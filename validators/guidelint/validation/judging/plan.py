"""The plan: a guideline compiled into the rules to run. Self-contained, so that a vendor can judge without the YAML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from guidelint.annotation.decoding.format_name import AT_HOME
from guidelint.imaging.keys import ADDED_LATER, ImageKeys
from guidelint.validation.judging import format_1
from guidelint.validation.judging.meaning import Content, digest_of, digest_of_format_1, seal_of
from guidelint.validation.judging.plan_parts import (
    FORMAT,
    CheckJson,
    GuidelineRef,
    PlanError,
    PlanJson,
    ReturnOfWork,
    Route,
    RouteJson,
)
from guidelint.validation.judging.when_json import when_of, written_when
from guidelint.validation.rule.beside import beside, in_any_order, left_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.validation.rule.condition import When
    from guidelint.validation.rule.rule import Catalogue, Level, Rule

_DEFAULT_KEYS = ImageKeys()
__all__ = ["Check", "GuidelineRef", "Plan", "PlanError", "ReturnOfWork", "Route"]


_CAME_LATER: Final = frozenset({"together_with", "on", "priority", "asked_of", "one_grid"})
"""Parts of the vocabulary that plans had not at first."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule to run."""

    rule: Rule
    clause: str
    """Where the guideline asks for it, as a path: ``classes.nodule.rules.closed-outline``."""
    classes: frozenset[str] | None = None
    """Class keys whose regions it concerns; None: every region."""
    but_for: frozenset[str] = frozenset()
    """Class keys that have a check of the same rule to themselves."""
    level: Level = "error"
    escalates_to: str | None = None
    note: str = ""
    """What the author wants the annotator to read with the finding."""
    heading: str = ""
    """Where the guideline asks for it, for people: ``Nodule › Boundary``."""
    name: str = ""
    """What the author calls this use of the rule, where one rule stands several times; empty: it has no name."""
    when: When | None = None
    """Under which condition it is asked; None: always."""


@dataclass(frozen=True)
class Plan:
    """Rules, names and routes of one guideline version."""

    guideline: GuidelineRef
    checks: tuple[Check, ...]
    vocabulary: Vocabulary
    routes: Mapping[str, Route]
    return_of_work: ReturnOfWork
    formats: tuple[str, ...] = (AT_HOME,)
    """In which formats deliveries are taken."""
    digest: str = ""
    """SHA-256 of what it means (see ``meaning``); filled in by ``sealed``."""
    text_digest: str = ""
    """SHA-256 of the exact text of the guideline; empty: it was made without one."""
    measured_otherwise: tuple[str, ...] = ()
    """Rules that measure otherwise here than where the plan was compiled."""

    @property
    def outdated(self) -> str:
        """Say which rules measure otherwise by now, and what to do; empty: none does."""
        if not self.measured_otherwise:
            return ""
        named = ", ".join(self.measured_otherwise)
        return (
            f"{self.guideline} was compiled when these rules measured otherwise than here: {named}. Verdicts may"
            " differ from those given then; compile or push the guideline again, so that the plan says what is judged."
        )

    @cached_property
    def of_work(self) -> Plan:
        """The plan without the checks that ask who did the work: where that is not the question."""
        kept = tuple(check for check in self.checks if not check.rule.of_people)
        return self if len(kept) == len(self.checks) else replace(self, checks=kept)

    @cached_property
    def of_one_visit(self) -> Plan:
        """The plan without the checks that compare time points: where there is only one to look at."""
        kept = tuple(check for check in self.checks if not check.rule.compares_time_points)
        return self if len(kept) == len(self.checks) else replace(self, checks=kept)

    @cached_property
    def asked_first(self) -> tuple[Check, ...]:
        """Checks that find out which regions have nothing to measure."""
        return tuple(check for check in self.checks if _can_leave_nothing(check))

    @cached_property
    def asked_then(self) -> tuple[Check, ...]:
        """The other checks."""
        return tuple(check for check in self.checks if not _can_leave_nothing(check))

    @cached_property
    def filling(self) -> tuple[Check, ...]:
        """Checks that answer a question which nobody does."""
        return tuple(check for check in self.checks if check.rule.filled_question is not None)

    def sealed(self) -> Plan:
        """Fill in the digest."""
        return replace(self, digest=self._content()["digest"])

    def to_json(self) -> str:
        """Text that ``from_json`` reads back, stable to the byte."""
        return msgspec.json.format(msgspec.json.encode(self._content(), order="sorted"), indent=2).decode() + "\n"

    def _content(self) -> Content:
        written = PlanJson(
            format=FORMAT,
            guideline=self.guideline,
            text_digest=self.text_digest,
            digest="",
            checks=tuple(map(_written, self.checks)),
            vocabulary=self.vocabulary,
            routes={name: RouteJson(**msgspec.structs.asdict(route)) for name, route in self.routes.items()},
            return_of_work=self.return_of_work,
            formats=self.formats,
        )
        content: Content = msgspec.to_builtins(written)
        if self.formats == (AT_HOME,):
            del content["formats"]  # so was it before others were taken, and it means the same
        _leave_out_added(content["vocabulary"]["image"])
        _leave_out_empty(content["vocabulary"])
        content["digest"] = digest_of(content)
        content["seal"] = seal_of(content)
        return content

    @classmethod
    def from_json(cls, text: str | bytes, catalogue: Catalogue) -> Plan:
        """Read a plan. Raises PlanError when it is damaged, changed by hand, or asks for a rule that is not here."""
        content = _decoded(text)
        data = _typed(content)
        plan = cls(
            guideline=data.guideline,
            checks=tuple(_check(item, catalogue) for item in data.checks),
            vocabulary=data.vocabulary,
            routes={name: Route(**msgspec.structs.asdict(route)) for name, route in data.routes.items()},
            return_of_work=data.return_of_work,
            formats=data.formats,
            digest=data.digest,
            text_digest=data.text_digest,
        )
        _refuse_changed(content)
        earlier = (item.rule for item in data.checks if item.revision < catalogue[item.rule].revision)
        otherwise = tuple(dict.fromkeys(earlier))
        return replace(plan.sealed(), measured_otherwise=otherwise) if otherwise else plan


def _leave_out_added(keys: Content) -> None:
    """Leave out the keys of facts that came later, where they are the default: so was it before."""
    for name in ADDED_LATER:
        if keys[name] in (getattr(_DEFAULT_KEYS, name), []):
            del keys[name]


def _leave_out_empty(vocabulary: Content) -> None:
    """Leave out what came later and says nothing here, so that plans of before keep their digest."""
    for part in (vocabulary, *vocabulary["classes"].values()):
        for name in _CAME_LATER & part.keys():
            if not part[name]:
                del part[name]


def _can_leave_nothing(check: Check) -> bool:
    return any(says.leaves_nothing for says in check.rule.says.values())


def _decoded(text: str | bytes) -> Content:
    try:
        content = msgspec.json.decode(text, type=Content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PlanError(f"this is not a plan: {error}") from error
    if "format" not in content:
        raise PlanError("this is not a plan: it does not say its format")
    if content["format"] not in (format_1.FORMAT, FORMAT):
        known, found = f"{format_1.FORMAT} and {FORMAT}", content["format"]
        raise PlanError(f"this engine reads plans of format {known}, not {found}: install a newer guidelint")
    return content


def _typed(content: Content) -> PlanJson:
    is_first = content["format"] == format_1.FORMAT
    try:
        return msgspec.convert(format_1.as_format_2(content) if is_first else content, PlanJson)
    except (msgspec.ValidationError, KeyError, TypeError) as error:
        raise PlanError(f"this is not a plan: {error}") from error


def _refuse_changed(content: Content) -> None:
    """Raise PlanError when anything in a plan is not as it was compiled; the plan is taken as it was written."""
    if content["format"] == format_1.FORMAT:
        stated, found = content["digest"], digest_of_format_1(content)
    else:
        stated, found = content.get("seal", ""), seal_of(content)
    if found != stated:
        raise PlanError(f"the plan was changed after it was compiled: digest of all of it {found}, stated {stated}")
    if content["format"] == FORMAT and (meant := digest_of(content)) != content["digest"]:
        raise PlanError(f"the plan was changed after it was compiled: digest {meant}, stated {content['digest']}")


def _written(check: Check) -> CheckJson:
    aside, unordered = beside(type(check.rule)), in_any_order(type(check.rule))
    given = check.rule.model_dump(mode="json", exclude=set(left_out(check.rule)))
    meant = {name: value for name, value in given.items() if name not in aside}
    return CheckJson(
        rule=check.rule.id(),
        revision=check.rule.revision,
        parameters={name: sorted(value) if name in unordered else value for name, value in meant.items()},
        words={name: value for name, value in given.items() if name in aside | unordered},
        clause=check.clause,
        classes=None if check.classes is None else tuple(sorted(check.classes)),
        but_for=tuple(sorted(check.but_for)),
        level=check.level,
        escalates_to=check.escalates_to,
        note=check.note,
        heading=check.heading,
        name=check.name,
        when=None if check.when is None else written_when(check.when),
        when_titles={} if check.when is None else dict(check.when.titles),
    )


def _check(item: CheckJson, catalogue: Catalogue) -> Check:
    return Check(
        rule=_rule(item, catalogue),
        clause=item.clause,
        classes=None if item.classes is None else frozenset(item.classes),
        but_for=frozenset(item.but_for),
        level=item.level,
        escalates_to=item.escalates_to,
        note=item.note,
        heading=item.heading,
        name=item.name,
        when=None if item.when is None else when_of(item.when, item.when_titles),
    )


def _rule(item: CheckJson, catalogue: Catalogue) -> Rule:
    rule = catalogue.get(item.rule)
    if rule is None:
        raise PlanError(f"the plan asks for the rule {item.rule!r}, which this installation does not have")
    if item.revision > rule.revision:
        raise PlanError(
            f"the plan asks for revision {item.revision} of the rule {item.rule!r}; this installation has revision"
            f" {rule.revision}, which measures otherwise: install a newer version of what it comes with"
        )
    try:
        return rule.model_validate_json(msgspec.json.encode({**item.parameters, **item.words}))
    except ValueError as error:
        raise PlanError(f"the plan gives the rule {item.rule!r} parameters that it does not take: {error}") from error
