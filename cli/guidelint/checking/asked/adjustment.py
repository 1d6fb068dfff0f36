"""A run that is told to judge otherwise than its guideline: by fewer rules, at other levels, part of the work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

import msgspec

from guidelint.annotation.decoding.parts.side_facts import one_person
from guidelint.language.text.suggest import did_you_mean
from guidelint.validation.judging.fold import gathering_checks
from guidelint.validation.judging.judge import verdict_on
from guidelint.validation.rule.rule import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.annotation.qualification import Qualification
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.rule import Catalogue, Rule
    from guidelint.validation.rule.subject import Subject

MARK = "adjusted"
"""Stands as build metadata (SemVer 2.0.0, 10) behind the version that such a run says it judged by."""
_LEVEL_OF: Mapping[str, Level] = {level: level for level in get_args(Level)}


class AdjustmentError(ValueError):
    """A run cannot be adjusted like this; the message says why, and what can be written instead."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a run was told. Empty: everything, as the guideline says."""

    select: frozenset[str] = frozenset()
    """Rules to judge by; those without which work would be accepted unread always stay."""
    ignore: frozenset[str] = frozenset()
    """Rules to leave out."""
    levels: tuple[tuple[str, Level], ...] = ()
    """Levels that rules have in this run."""
    classes: frozenset[str] = frozenset()
    """Classes whose findings are told; departures of no region in particular are left out then."""
    annotators: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()

    def judges_by(self, rule: Rule) -> bool:
        """Whether a rule of the guideline has a say in this run."""
        wanted = (not self.select or rule.id() in self.select) and rule.id() not in self.ignore
        return wanted or not rule.settable()


@dataclass(frozen=True, slots=True)
class Run:
    """How one run judges: its plan, and what of the delivery it is about."""

    plan: Plan
    adjustment: Adjustment = Adjustment()
    rules_left_out: tuple[str, ...] = ()
    always_told: frozenset[str] = frozenset()
    """Rules whose findings are told whatever the class."""
    qualifications: tuple[Qualification, ...] | None = None
    """Who has passed which exam; None: nothing was told of it."""

    def wants_task(self, task: str) -> bool:
        """Whether annotations of this task are judged."""
        return not self.adjustment.tasks or task in self.adjustment.tasks

    def wants_annotator(self, annotator: str | None, name: str = "") -> bool:
        """Whether annotations of this annotator are judged: by the id, or by what the delivery calls them."""
        wanted = {one_person(name) for name in self.adjustment.annotators}
        return not wanted or (annotator or "") in wanted or bool(name and one_person(name) in wanted)

    def sees_whole(self, subject: Subject, annotator_name: str = "") -> bool:
        """Whether all that belongs to a subject is judged: only then is its verdict given."""
        told = self.adjustment
        if told.tasks and subject.task not in told.tasks:
            return False
        return self.wants_annotator(subject.annotator, annotator_name)

    def told(self, verdict: Verdict) -> Verdict:
        """Give the verdict that follows from what is told of the wanted classes."""
        if not self.adjustment.classes or verdict.decision == "skipped":
            return verdict
        return verdict_on(self.plan, verdict.subject, [one for one in verdict.findings if self._tells(one)])

    @property
    def differences(self) -> tuple[str, ...]:
        """How the run departs from its guideline, in words; none: it is a conformance check."""
        return tuple(self._differences())

    def _differences(self) -> Iterator[str]:
        told = self.adjustment
        if self.rules_left_out:
            yield f"without {', '.join(self.rules_left_out)}"
        if told.levels:
            yield f"with other levels: {', '.join(f'{rule} {level}' for rule, level in told.levels)}"
        if (told.tasks or told.annotators) and gathering_checks(self.plan):
            yield "without verdicts on what holds more than that"
        for name, values in (("class", told.classes), ("annotator", told.annotators), ("task", told.tasks)):
            if values:
                yield f"only {name} {' and '.join(sorted(values))}"

    def _tells(self, finding: Finding) -> bool:
        """Whether a finding concerns the wanted classes, or leaves open what could be of them."""
        return (
            finding.outcome == "rule-failed"
            or finding.rule in self.always_told
            or (finding.outcome == "cannot-evaluate" and not finding.regions)
            or any(ref.class_name in self.adjustment.classes for ref in finding.regions)
        )


def adjusted(plan: Plan, adjustment: Adjustment, catalogue: Catalogue) -> Run:
    """Adjust a plan for one run. Raises AdjustmentError for names that are not there, and rules that must stay."""
    (run,) = each_adjusted((plan,), adjustment, catalogue)
    return run


def each_adjusted(plans: Sequence[Plan], adjustment: Adjustment, catalogue: Catalogue) -> tuple[Run, ...]:
    """Adjust all plans of one run in the same way; a name may be known to some of them. Raises AdjustmentError."""
    _refuse(plans, adjustment, catalogue)
    return tuple(_adjusted(plan, adjustment) for plan in plans)


def differences_of(runs: Iterable[Run]) -> tuple[str, ...]:
    """How a run by several guidelines departs from any of them, in words, each once."""
    return tuple(dict.fromkeys(said for run in runs for said in run.differences))


def _adjusted(plan: Plan, adjustment: Adjustment) -> Run:
    levels = dict(adjustment.levels)
    kept = tuple(_at_level(check, levels) for check in plan.checks if adjustment.judges_by(check.rule))
    left_out = {check.rule.id() for check in plan.checks if not adjustment.judges_by(check.rule)}
    fixed = frozenset(check.rule.id() for check in plan.checks if not check.rule.settable())
    changed = kept != plan.checks or bool(adjustment.classes)
    return Run(_marked(plan, kept) if changed else plan, adjustment, tuple(sorted(left_out)), fixed)


def _marked(plan: Plan, checks: tuple[Check, ...]) -> Plan:
    version = f"{plan.guideline.version}+{MARK}"
    return replace(plan, guideline=msgspec.structs.replace(plan.guideline, version=version), checks=checks).sealed()


def _refuse(plans: Sequence[Plan], adjustment: Adjustment, catalogue: Catalogue) -> None:
    asked_for = sorted({check.rule.id() for plan in plans for check in plan.checks})
    of = str(plans[0].guideline) if len(plans) == 1 else f"none of {', '.join(str(plan.guideline) for plan in plans)}"
    no, a = ("does not ask", "no") if len(plans) == 1 else ("asks", "a")
    for name in sorted(adjustment.select.difference(asked_for)):
        raise AdjustmentError(f"{of} {no} for a rule `{name}`. {did_you_mean(name, asked_for)}")
    for name in (*sorted(adjustment.ignore), *dict(adjustment.levels)):
        if name not in catalogue:
            raise AdjustmentError(f"there is no rule `{name}`. {did_you_mean(name, catalogue)}")
        if not catalogue[name].settable():
            reason = catalogue[name].fixed_because
            raise AdjustmentError(f"`{name}` can neither be left out nor be given a level: {reason}")
    classes = {name for plan in plans for name in plan.vocabulary.classes}
    for name in sorted(adjustment.classes - classes):
        raise AdjustmentError(f"{of} has {a} class `{name}`. {did_you_mean(name, sorted(classes))}")


def adjustment(
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    levels: Sequence[str] = (),
    classes: Sequence[str] = (),
    annotators: Sequence[str] = (),
    tasks: Sequence[str] = (),
) -> Adjustment:
    """Read what stands on the command line; commas may part names. Raises AdjustmentError.

    Of two levels of one rule the last counts.
    """
    return Adjustment(
        _names(select),
        _names(ignore),
        tuple(sorted(dict(_level(text) for text in _parts(levels)).items())),
        _names(classes),
        _names(annotators),
        _names(tasks),
    )


def _names(given: Sequence[str]) -> frozenset[str]:
    return frozenset(_parts(given))


def _parts(given: Sequence[str]) -> Iterator[str]:
    return (name for text in given for part in text.split(",") if (name := part.strip()))


def _level(text: str) -> tuple[str, Level]:
    rule, _, name = (part.strip() for part in text.partition("="))
    level = _LEVEL_OF.get(name)
    if not rule or level is None:
        raise AdjustmentError(f"--level wants RULE=LEVEL, with one of {', '.join(_LEVEL_OF)}; found {text!r}")
    return rule, level


def _at_level(check: Check, levels: Mapping[str, Level]) -> Check:
    level = levels.get(check.rule.id(), check.level)
    return check if level == check.level else replace(check, level=level)
