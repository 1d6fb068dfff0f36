"""The plan: a guideline compiled into the rules to run. Self-contained, so that a vendor can judge without the YAML."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from guidelint.annotation.vocabulary import Vocabulary
from guidelint.validation.rule.rule import Catalogue, Level, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1


class PlanError(ValueError):
    """A plan that this engine cannot run."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes an escalation."""

    who: str
    within_hours: float | None = None
    readers: int = 2
    """Readings the task needs once it is escalated (Label Studio's ``overlap``)."""


class ReturnOfWork(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to a returned annotation."""

    mode: Literal["keep", "requeue"] = "keep"
    requeue_after_minutes: float = 30.0


class GuidelineRef(msgspec.Struct, frozen=True, kw_only=True):
    """Which guideline a plan was compiled from."""

    name: str
    version: str
    title: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


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


class _CheckJson(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    rule: str
    parameters: dict[str, object]
    clause: str
    classes: tuple[str, ...] | None = None
    but_for: tuple[str, ...] = ()
    level: Level = "error"
    escalates_to: str | None = None
    note: str = ""
    heading: str = ""
    name: str = ""


class _PlanJson(msgspec.Struct, frozen=True, kw_only=True):
    format: int
    guideline: GuidelineRef
    digest: str
    checks: tuple[_CheckJson, ...]
    vocabulary: Vocabulary
    routes: dict[str, Route]
    return_of_work: ReturnOfWork


@dataclass(frozen=True, slots=True)
class Plan:
    """Rules, names and routes of one guideline version."""

    guideline: GuidelineRef
    checks: tuple[Check, ...]
    vocabulary: Vocabulary
    routes: Mapping[str, Route]
    return_of_work: ReturnOfWork
    digest: str = ""
    """SHA-256 of everything above; filled in by ``sealed``."""

    def sealed(self) -> Plan:
        """Fill in the digest."""
        content = msgspec.json.encode(self._as_json(""), order="sorted")
        return Plan(
            self.guideline,
            self.checks,
            self.vocabulary,
            self.routes,
            self.return_of_work,
            hashlib.sha256(content).hexdigest(),
        )

    def to_json(self) -> str:
        """Text that ``from_json`` reads back, stable to the byte."""
        content = self._as_json(self.sealed().digest)
        return msgspec.json.format(msgspec.json.encode(content, order="sorted"), indent=2).decode() + "\n"

    def _as_json(self, digest: str) -> _PlanJson:
        return _PlanJson(
            format=FORMAT,
            guideline=self.guideline,
            digest=digest,
            checks=tuple(
                _CheckJson(
                    rule=check.rule.id(),
                    parameters=check.rule.model_dump(mode="json", exclude_defaults=True),
                    clause=check.clause,
                    classes=None if check.classes is None else tuple(sorted(check.classes)),
                    but_for=tuple(sorted(check.but_for)),
                    level=check.level,
                    escalates_to=check.escalates_to,
                    note=check.note,
                    heading=check.heading,
                    name=check.name,
                )
                for check in self.checks
            ),
            vocabulary=self.vocabulary,
            routes=dict(self.routes),
            return_of_work=self.return_of_work,
        )

    @classmethod
    def from_json(cls, text: str | bytes, catalogue: Catalogue) -> Plan:
        """Read a plan. Raises PlanError when it is damaged, changed by hand, or asks for a rule that is not here."""
        try:
            data = msgspec.json.decode(text, type=_PlanJson)
        except msgspec.DecodeError as error:
            raise PlanError(f"this is not a plan: {error}") from error
        if data.format != FORMAT:
            raise PlanError(f"this engine reads plans of format {FORMAT}, not {data.format}")
        plan = cls(
            guideline=data.guideline,
            checks=tuple(_check(item, catalogue) for item in data.checks),
            vocabulary=data.vocabulary,
            routes=data.routes,
            return_of_work=data.return_of_work,
            digest=data.digest,
        )
        if (found := _digest_as_written(text)) != data.digest:
            raise PlanError(f"the plan was changed after it was compiled: digest {found}, stated {data.digest}")
        return plan


def _digest_as_written(text: str | bytes) -> str:
    """Digest of the content of a plan's text: an earlier engine did not write every key that this one does."""
    content = msgspec.json.decode(text, type=dict[str, object]) | {"digest": ""}
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def _check(item: _CheckJson, catalogue: Catalogue) -> Check:
    rule = catalogue.get(item.rule)
    if rule is None:
        raise PlanError(f"the plan asks for the rule {item.rule!r}, which this installation does not have")
    try:
        made = rule.model_validate_json(msgspec.json.encode(item.parameters))
    except ValueError as error:
        raise PlanError(f"the plan gives the rule {item.rule!r} parameters that it does not take: {error}") from error
    return Check(
        rule=made,
        clause=item.clause,
        classes=None if item.classes is None else frozenset(item.classes),
        but_for=frozenset(item.but_for),
        level=item.level,
        escalates_to=item.escalates_to,
        note=item.note,
        heading=item.heading,
        name=item.name,
    )
