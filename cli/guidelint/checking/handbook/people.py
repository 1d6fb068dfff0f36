"""Who may work, how far they must agree, and what is handed over: what a project needs to know beside annotators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.annotation.decoding.format_name import AT_HOME
from guidelint.labelstudio.instructions.elements import listed, told
from guidelint.labelstudio.instructions.part import Part
from guidelint.language.form.places.titles import titles
from guidelint.validation.rule.condition import Condition
from guidelint.validation.rule.names import titled
from guidelint.validation.rule.wording import both, either, full_stop, measure, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree import ElementTree as ET

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.sections.balance import GroupLimits
    from guidelint.language.form.sections.calibration import Calibration
    from guidelint.language.form.sections.readings import AnswerAgreement, RegionTargets
    from guidelint.language.form.sections.staff import Exam, Role

READERS: Final = "Readers"
_METHODS: Final[Mapping[str, str]] = {
    "none": "Each reading stays as it is.",
    "majority": "The majority decides.",
    "staple": "Readings become one by STAPLE.",
    "adjudication": "Somebody decides",
    "mean": "The mean counts.",
    "median": "The median counts.",
    "two-most-concordant": "The two readings that agree best count.",
}


def people(guideline: Guideline, also: Part | None) -> Iterator[Part]:
    """Tell who works and how; ``also``: what annotators are told of readers, under the same heading."""
    roles = {role.title: _said(_role(role, guideline)) for role in guideline.annotators.roles.values()}
    yield Part("roles", "Who may work", rows=roles)
    agreed = {name: _said(lines) for name, lines in _readers(guideline)}
    yield Part(READERS, READERS, rows={**(also.rows if also else {}), **agreed})
    if guideline.calibration is not None:
        lines = (told("li", line) for line in _calibration(guideline.calibration))
        yield Part("calibration", "Known answers", tuple(listed(lines)))
    handed = {name: _said(lines) for name, lines in _project(guideline)}
    yield Part("project", "What the data set must be", rows=handed)


def _said(lines: Iterable[str]) -> list[ET.Element]:
    return [told("div", line) for line in lines]


def _role(role: Role, guideline: Guideline) -> Iterator[str]:
    names = titles(guideline)
    if role.qualification:
        yield f"{role.qualification}{full_stop(role.qualification)}"
    if role.of:
        yield f"Marks {both(names.class_(name) for name in role.of)} only."
    if role.exam:
        yield from _exam(role.exam, guideline)
    if role.valid_months:
        yield f"Shows it again after {measure(role.valid_months, 'months')}."
    if role.supervised_tasks:
        yield f"Somebody else looks at each of the first {_tasks(role.supervised_tasks)}."
    if role.max_tasks_per_hour:
        yield f"At most {_tasks(role.max_tasks_per_hour)} in an hour."
    if role.max_session_minutes:
        yield f"At most {measure(role.max_session_minutes, 'minutes')} without a break."


def _exam(exam: Exam, guideline: Guideline) -> Iterator[str]:
    names = titles(guideline)
    within = f" within {measure(exam.max_minutes, 'minutes')}" if exam.max_minutes else ""
    yield f"Passes an exam of {_tasks(exam.tasks)}{within}, {percent(exam.min_share)} of them right."
    for name, share in exam.min_share_of.items():
        yield f"Of the tasks with {names.class_(name)}, {percent(share)} are right; else they do not mark it."
    if exam.attempts:
        yield f"Takes it {'once' if exam.attempts == 1 else f'{exam.attempts} times at most'}."


def _readers(guideline: Guideline) -> Iterator[tuple[str, list[str]]]:
    readers, names = guideline.readers, titles(guideline)
    if readers.blinded_to_each_other is not None:
        see = "do not see" if readers.blinded_to_each_other else "see"
        yield "Each other's work", [f"Readers {see} each other's work."]
    agreements = ((name, both(_agreement(one))) for name, one in readers.answers.items())
    if answers := [f"{names.question(name)}: {least}." for name, least in agreements if least]:
        yield "Agreement in answers", answers
    for name, targets in readers.regions.items():
        lines = [*_targets(targets)]
        for band in targets.by_size.values():
            sized = Condition.model_construct(size=band.size)
            lines += [f"If {sized.told(names)}: {line[:1].lower()}{line[1:]}" for line in _targets(band)]
        yield f"Agreement in {guideline.classes[name].title}", lines
    if readers.consensus is not None:
        yield "Where they disagree", list(_consensus(guideline))


def _agreement(one: AnswerAgreement) -> Iterator[str]:
    limits = {"kappa": one.min_kappa, "alpha": one.min_alpha, "intraclass correlation": one.min_icc}
    yield from (f"{name} of at least {number(least)}" for name, least in limits.items() if least is not None)


def _targets(one: RegionTargets) -> Iterator[str]:
    if one.min_dice is not None:
        yield f"Dice coefficient of at least {number(one.min_dice)}."
    if one.max_hd95_mm is not None:
        yield f"95 % of each border within {measure(one.max_hd95_mm, 'mm')} of the other."
    if one.min_detection_f1 is not None:
        yield f"F1 of what is marked of at least {number(one.min_detection_f1)}."
    if one.surface_dice is not None:
        near = measure(one.surface_dice.tolerance_mm, "mm")
        yield f"{percent(one.surface_dice.min)} of the borders within {near} of one another."


def _consensus(guideline: Guideline) -> Iterator[str]:
    consensus = guideline.readers.consensus
    if consensus is None:
        return
    words = _METHODS[consensus.method]
    route = guideline.escalation.routes.get(consensus.adjudicator or "")
    if route is not None:
        before = "having seen" if consensus.adjudicator_sees_readings else "without having seen"
        words = f"{titled(route.who)} decides, {before} the readings."
    yield f"{words}{full_stop(words)}"
    if guideline.readers.keep_disagreement:
        yield "Every reading stays beside the consensus."


def _calibration(one: Calibration) -> Iterator[str]:
    known = "has known answers" if one.gold_tasks == 1 else "have known answers"
    yield f"{_tasks(one.gold_tasks)} {known}, made by experts under this guideline."
    if one.every_tasks:
        yield f"One of them comes after every {_every(one.every_tasks)}, without being told."
    if one.every_days:
        yield f"At the latest, one comes after {one.every_days} days."
    yield f"{percent(one.min_accepted_share)} of them must be accepted. Below that: {one.if_below.rstrip('.')}."
    if one.repeated_share:
        yield f"{percent(one.repeated_share)} of the tasks come a second time."
    if one.again_after:
        yield f"After a {one.again_after} version of the guideline everybody passes them again."


def _project(guideline: Guideline) -> Iterator[tuple[str, list[str]]]:
    if guideline.balance is not None:
        for name, groups in guideline.balance.groups.items():
            yield _spelled(name), [f"{titled(group)}: {_share(limits)}." for group, limits in groups.items()]
        if guideline.balance.max_synthetic_share is not None:
            yield "Made by a program", [f"At most {percent(guideline.balance.max_synthetic_share)}."]
    delivery = guideline.delivery
    if guideline.formats != (AT_HOME,):
        yield "Formats", [f"{either(guideline.formats)}."]
    if delivery.file_names:
        yield "File names", [delivery.file_names]
    if delivery.includes:
        yield "Handed over as well", list(delivery.includes)
    if delivery.min_accepted_share is not None:
        yield "Accepted", [f"At least {percent(delivery.min_accepted_share)} of the submissions."]
    yield from _regulation(guideline)


def _regulation(guideline: Guideline) -> Iterator[tuple[str, list[str]]]:
    rules = guideline.regulation
    if rules is None:
        return
    for law in rules.laws.values():
        since = f"Applies from {law.applies_from}." if law.applies_from else ""
        yield law.title, [line for line in (since, law.asks or "") if line]
    if rules.retention is not None:
        yield "Kept", [f"For {rules.retention.years} years after {rules.retention.after.rstrip('.')}."]
    if rules.access:
        yield "Who sees what", [f"{titled(_spelled(role))}: {what}" for role, what in rules.access.items()]
    if rules.audit_trail:
        yield "Recorded", list(rules.audit_trail)
    if rules.reporting:
        yield "Reported by", [f"{both(rules.reporting)}."]


def _share(limits: GroupLimits) -> str:
    told_limits = (
        ("at least {}", limits.min_share and percent(limits.min_share)),
        ("at most {}", limits.max_share and percent(limits.max_share)),
        ("at least {}", limits.min_tasks and _tasks(limits.min_tasks)),
    )
    return both(words.format(limit) for words, limit in told_limits if limit)


def _tasks(count: int) -> str:
    return f"{number(count)} task{'' if count == 1 else 's'}"


def _every(count: int) -> str:
    return "task" if count == 1 else _tasks(count)


def _spelled(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").capitalize()
