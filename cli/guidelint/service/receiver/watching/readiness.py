"""From what is known to whether the service does its work: one check for each thing that can keep it from that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.receiver.watching.check import Check, no, told, yes
from guidelint.service.receiver.watching.server_readiness import server_checks
from guidelint.service.store.hints.held import MOST_PROJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.service.receiver.watching.facts import Facts, Stored, Swept

    Projects = tuple[Swept, ...]

_KNOW = "name or restore the store that knows it; if there is none, push the guideline with this one"
UNREAD = "cannot be told: the store cannot be read"


def checks(facts: Facts) -> tuple[Check, ...]:
    """Everything that is looked at."""
    return tuple(_checks(facts))


def is_ready(found: tuple[Check, ...]) -> bool:
    """Whether nothing is wrong."""
    return all(check.state != "no" for check in found)


def _checks(facts: Facts) -> Iterator[Check]:
    yield _judging(facts)
    yield _kernels(facts)
    yield _store(facts)
    for number, server in enumerate(facts.servers, 1):
        yield from server_checks(number, server, facts.limits)
    if facts.stored is None:
        yield from (no(about, UNREAD) for about in ("projects", "config", "oldest pending", "last sweep"))
        return
    known = tuple(item for item in facts.stored.projects if item.is_known)
    yield _projects(facts.stored, known)
    there = tuple(item for item in known if item.missing is None)
    yield _config(there)
    yield _oldest(facts, facts.stored)
    yield _sweep(facts, there)
    yield _set_aside(facts.stored)


def _judging(facts: Facts) -> Check:
    if facts.heard_s is None:
        return no("judging", "the judging process does not run; it is started again, and the log says why it ended")
    if facts.heard_s > facts.limits.heard_s:
        return no("judging", f"the judging process has not been heard of for {facts.heard_s:.0f} s")
    if not facts.state.judging:
        return no("judging", "the judging process runs but does not look at the inbox: it is starting, or has no store")
    return yes("judging", "submissions are judged as they come")


def _kernels(facts: Facts) -> Check:
    if facts.state.compiling:
        return told("kernels", "others are being compiled beside the judging, which goes on on the base kernels")
    return told("kernels", f"judging runs on the {facts.state.kernels} kernels")


def _store(facts: Facts) -> Check:
    trial = facts.trial
    if trial.fault:
        return no("store", f"the store {trial.fault}", trial.detail)
    others = trial.services - 1
    beside = f"; {others} other service{'' if others == 1 else 's'} work{'s' if others == 1 else ''} on it, too"
    return yes("store", f"a trial was written to it{beside if others > 0 else ''}")


def _projects(stored: Stored, known: Projects) -> Check:
    if stored.held:
        hints, more = sum(item.count for item in stored.held), " or more" if len(stored.held) >= MOST_PROJECTS else ""
        return no(
            "projects",
            f"{_waiting(hints)} for {_count(len(stored.held), 'project')}{more} that this store does not know, so what"
            f" is handed in there is not judged: {_KNOW}",
            "; ".join(f"{item.server} project {item.project}: {item.count}" for item in stored.held),
        )
    if strange := [item for item in stored.projects if not item.is_known]:
        return no(
            "projects",
            f"a sweep came upon {_count(len(strange), 'project')} with a guideline that this store does not know, so"
            f" what is handed in there is not judged: {_KNOW}",
            "; ".join(item.problem for item in strange),
        )
    if missing := [item for item in known if item.missing and not item.missing.is_gone]:
        return no(
            "projects",
            f"{_count(len(missing), 'project')} not found in Label Studio: if deleted, there is nothing to do, and this"
            " ends after ten minutes; otherwise see to Label Studio, its database, and the token's account",
            _named(missing),
        )
    if not known:
        return told("projects", "no project was pushed to this store yet")
    return yes("projects", f"{_count(len(known), 'project')} known, and no hint at another", _named(known))


def _config(known: Projects) -> Check:
    wrong = [item for item in known if item.problem]
    if wrong:
        return no(
            "config",
            f"{_count(len(wrong), 'project')} not as pushed, as the last sweep saw it: push the guideline again",
            "; ".join(f"{item.server} project {item.project}: {item.problem}" for item in wrong),
        )
    return yes("config", "every project was as pushed when it was last swept")


def _oldest(facts: Facts, stored: Stored) -> Check:
    waits_s, limit_s = facts.oldest_pending_s, facts.limits.oldest_pending_s
    if waits_s is None:
        return yes("oldest pending", "nobody waits for a verdict")
    hints = _waiting(stored.waiting.interactive)
    if waits_s > limit_s:
        return no("oldest pending", f"{hints}, the oldest for {waits_s:.0f} s, which is over {limit_s:.0f} s")
    return yes("oldest pending", f"{hints}, the oldest for {waits_s:.0f} s")


def _sweep(facts: Facts, known: Projects) -> Check:
    if not known:
        return told("last sweep", "there is no project to sweep")
    new = [item for item in known if item.swept_s is None]
    late = [item for item in known if _unswept_s(item) > facts.limits.last_sweep_s]
    names, longest_s = _named(late), max(map(_unswept_s, known))
    if late:
        says = f"{_count(len(late), 'project')} not swept to the end for {longest_s:.0f} s: the log says why"
    elif new:
        says = f"{_count(len(new), 'project')} pushed just now, to be swept soon"
    else:
        says = f"every project was swept within the last {longest_s:.0f} s"
    if not facts.sweeps:
        return told("last sweep", f"this service does not sweep by itself; {says}", names)
    return no("last sweep", says, names) if late else yes("last sweep", says)


def _unswept_s(project: Swept) -> float:
    """So long nobody looked at what no webhook told of."""
    since_s = project.pushed_s if project.swept_s is None else project.swept_s
    return since_s or 0.0


def _set_aside(stored: Stored) -> Check:
    failed = stored.waiting.failed
    if failed:
        return told("set aside", f"{_count(failed, 'hint')} set aside: `guidelint inbox` lists them with reasons")
    return yes("set aside", "nothing was set aside")


def _named(projects: Iterable[Swept]) -> str:
    return "; ".join(f"{item.server} project {item.project}" for item in projects)


def _waiting(hints: int) -> str:
    return f"{_count(hints, 'hint')} wait{'s' if hints == 1 else ''}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
