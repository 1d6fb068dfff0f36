"""What ``guidelint verdict`` tells: as text for a person, as JSON for a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from guidelint.cli.render.terminal.visible import unheard, visible
from guidelint.labelstudio.writeback.summary import plain
from guidelint.labelstudio.writeback.words import with_article
from guidelint.service.store.escalations import ASKED, HELD, OPENED, READ
from guidelint.service.store.known import REQUEUED
from guidelint.validation.judging.groups import groups
from guidelint.validation.judging.route_words import taken_by
from guidelint.validation.rule.wording import either, full_stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.service.store.escalations import Escalated
    from guidelint.service.store.known import Known
    from guidelint.service.store.subjects.verdicts import SubjectJudged
    from guidelint.service.store.told_of_task import TaskTold
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.groups import Group
    from guidelint.validation.judging.plan import Route
    from guidelint.validation.judging.verdict import Verdict

_STANDS = {OPENED: "another reader is asked for", READ: "all readings are in"}


def as_text(told: TaskTold, routes: Mapping[str, Route]) -> str:
    """Tell it to a person. ``routes``: what the guideline in force says of them."""
    return "".join(f"{visible(line)}\n" for line in _lines(told, routes))


def as_json(told: TaskTold, routes: Mapping[str, Route]) -> str:
    """Tell it to a program. ``routes``: what the guideline in force says of them."""
    named = {item.route for item in told.escalations}
    document = {
        "server": told.key.server,
        "project": told.key.project,
        "task": told.key.task,
        "decision": told.decision,
        "readings": [_reading_document(item) for item in told.readings],
        "subjects": [_subject_document(item) for item in told.subjects],
        "withdrawn": told.withdrawn,
        "escalations": told.escalations,
        "routes": {name: route for name, route in routes.items() if name in named},
        "waiting": told.waiting,
    }
    return unheard(json.dumps(msgspec.to_builtins(document), indent=2, ensure_ascii=False)) + "\n"


def _reading_document(item: Known) -> dict[str, object]:
    return {
        "annotation": item.annotation,
        "annotator": item.annotator,
        "state": item.state,
        "submitted_at": item.submitted_at,
        "version": item.version,
        "judged_at": item.judged_at,
        "verdict": item.verdict,
    }


def _subject_document(item: SubjectJudged) -> dict[str, object]:
    return {"subject": item.verdict.subject, "judged_at": item.judged_at, "verdict": item.verdict}


def subjects_as_text(judged: Sequence[SubjectJudged], waiting: int, routes: Mapping[str, Route]) -> str:
    """Tell verdicts on annotators and whole projects to a person. ``waiting``: subjects that changed since."""
    return "".join(f"{visible(line)}\n" for line in _subjects(judged, waiting, routes))


def subjects_as_json(judged: Sequence[SubjectJudged], waiting: int) -> str:
    """Tell them to a program."""
    document = {"subjects": list(map(_subject_document, judged)), "waiting": waiting}
    return unheard(json.dumps(msgspec.to_builtins(document), indent=2, ensure_ascii=False)) + "\n"


def _subjects(judged: Sequence[SubjectJudged], waiting: int, routes: Mapping[str, Route]) -> Iterator[str]:
    if not judged:
        yield "Nothing was judged yet over several submissions: the guideline asks for nothing of the kind, or wait."
    for number, item in enumerate(judged):
        if number:
            yield ""
        yield from _subject(item, routes)
    if waiting:
        yield ""
        yield f"{waiting} changed since and {'is' if waiting == 1 else 'are'} judged anew within a minute."


def _subject(item: SubjectJudged, routes: Mapping[str, Route]) -> Iterator[str]:
    verdict = item.verdict
    so_far = f" so far, {verdict.awaited}" if verdict.awaited is not None else ""
    yield f"{_named(verdict)}: {verdict.decision}{so_far}"
    yield f"  judged {_moment(item.judged_at)} by {verdict.guideline} (guidelint {verdict.engine})"
    yield from _verdict(verdict, routes)


def _named(verdict: Verdict) -> str:
    match verdict.subject.kind:
        case "task":
            return "All readings together"
        case "delivery":
            return "The whole project"
        case _:
            by = f" by annotator {verdict.subject.annotator}" if verdict.subject.series or verdict.subject.name else ""
            return f"{verdict.subject.title}{by}"


def _lines(told: TaskTold, routes: Mapping[str, Route]) -> Iterator[str]:
    count = len(told.readings)
    together = f", together {told.decision}" if count > 1 or told.subjects else ""
    yield f"Task {told.key.task} of project {told.key.project} at {told.key.server}: {_readings(count)}{together}."
    for item in told.readings:
        yield ""
        yield from _reading(item, routes)
    for subject in told.subjects:
        yield ""
        yield from _subject(subject, routes)
    if told.escalations or told.withdrawn or told.waiting:
        yield ""
    for escalated in told.escalations:
        yield _escalated(escalated, routes, is_returned=told.decision == "returned")
    if told.withdrawn:
        yield f"{_readings(told.withdrawn)} more {_was(told.withdrawn)} taken out by somebody."
    if told.waiting:
        yield f"Something was handed in since and is not judged yet: see `guidelint inbox --task {told.key.task}`."


def _reading(item: Known, routes: Mapping[str, Route]) -> Iterator[str]:
    who = f"annotator {item.annotator}" if item.annotator is not None else "nobody that Label Studio names"
    decision = item.verdict.decision if item.verdict else "not judged yet"
    yield f"Annotation {item.annotation} by {who}: {decision}"
    again = f", changed {_times(item.version - 1)} since" if item.version > 1 else ""
    yield f"  handed in {_moment(item.submitted_at)}{again}"
    if item.state == REQUEUED:
        yield "  taken back to the queue, to be corrected there"
    if item.verdict is not None:
        yield f"  judged {_moment(item.judged_at)} by {item.verdict.guideline} (guidelint {item.verdict.engine})"
        yield from _verdict(item.verdict, routes)


def _verdict(verdict: Verdict, routes: Mapping[str, Route]) -> Iterator[str]:
    yield from _section("To change:", verdict.to_change)
    yield from _section("Could not be checked:", verdict.not_checked)
    for escalation in verdict.escalations:
        findings = (item for item in verdict.escalating if item.escalates_to == escalation.route)
        yield from _section(f"Escalated to {taken_by(escalation.route, routes.get(escalation.route))}:", findings)
    yield from _section("Also noticed:", verdict.noticed)
    yield from _section("Follows from the answers:", verdict.derived)
    if verdict.awaited is not None:
        yield from _section(f"Not told yet, {verdict.awaited}; as far as it is read:", verdict.held)


def _section(lead: str, findings: Iterable[Finding]) -> Iterator[str]:
    for number, group in enumerate(groups(findings)):
        if not number:
            yield f"  {lead}"
        yield f"  - {_line(group)}"


def _line(group: Group) -> str:
    """Region, what was measured, what to do, where the guideline asks for it, and by which rule."""
    text = plain(group)
    text += full_stop(text)
    step = f" → {group.first.do}" if group.first.do else ""
    place = f" § {group.first.asked_at}" if group.first.asked_at else ""
    return " ".join(f"{text}{step}{place} ({group.first.rule})".split())


def _escalated(item: Escalated, routes: Mapping[str, Route], *, is_returned: bool) -> str:
    route = routes.get(item.route)
    by = f", by {_moment(item.due)}" if item.due and item.state != READ else ""
    who = with_article(route.who if route else item.route)
    named = f" ({either(route.persons)})" if route and route.persons else ""
    return f"{who}{named} was asked {_moment(item.since)}{by}: {_stands(item, route, is_returned=is_returned)}."


def _stands(item: Escalated, route: Route | None, *, is_returned: bool) -> str:
    """Say how far it is."""
    if item.state == HELD:
        return f"the task is held until {_dealt_with(route)}"
    if item.state == ASKED:
        return f"it waits until {_dealt_with(route)}"
    if item.state == READ and route and route.persons:
        return "that is done"
    opens = "the task opens when what is returned is corrected" if is_returned else "the task opens soon"
    return _STANDS.get(item.state, opens) if item.readers > 1 else "to look at it"


def _dealt_with(route: Route | None) -> str:
    several = route is not None and len(route.persons) > 1
    return f"{'one of them has' if several else 'they have'} submitted a reading of it, or skipped it"


def _readings(count: int) -> str:
    return f"{count or 'no'} reading{'' if count == 1 else 's'}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _moment(text: str) -> str:
    return f"{text[:10]} {text[11:19]} UTC"
