"""What ``guidelint inbox`` tells: as text for a person, as JSON for a program; ids, times and reasons only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from guidelint.cli.render.terminal.visible import unheard, visible
from guidelint.service.store.hints.open_hints import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.service.store.hints.open_hints import Group, OpenHint, Overview

LONGEST_REASON = 1000
_STANDS = {
    Kind.WAITING: "waiting for a worker",
    Kind.PLANNED: "planned for later",
    Kind.PUT_OFF: "put off, tried again by themselves",
    Kind.HELD: "held, for their project is not known here",
    Kind.FAILED: "set aside",
}
_STAYS = (
    "They stay in the store, marked as forgotten by the operator. The next full sweep (`guidelint sweep --full`)"
    " judges whatever stands in Label Studio without a verdict all the same."
)


def listed(found: Overview, *, as_json: bool) -> str:
    """Tell what is open."""
    return _as_json({"found": found}) if as_json else _text(_lines(found))


def changed(before: Overview, action: str, count: int, unknown: Sequence[int], *, as_json: bool) -> str:
    """Tell what was put back or forgotten, as it stood before."""
    if as_json:
        return _as_json({"action": action, "changed": count, "not_open": unknown, "found": before})
    done = "put back: a worker takes them as soon as it is free" if action == "replay" else "forgotten"
    said = (
        f"{_hints(count)} {done}." if count else f"Nothing to {action}: no open hint is of those that were asked for."
    )
    lines = [*(line for group in before.groups for line in _group(group)), said]
    if action == "forget" and count:
        lines.append(_STAYS)
    lines += [f"{number}: there is no such open hint." for number in unknown]
    return _text(lines)


def _lines(found: Overview) -> Iterator[str]:
    for kind in Kind:
        if count := found.counts[kind]:
            yield f"{count} {_STANDS[kind]}."
    if not any(found.counts.values()):
        yield "Nothing is open."
    for group in found.groups:
        yield ""
        yield from _group(group)
    if found.groups_left_out or found.forgotten:
        yield ""
    if found.groups_left_out:
        yield f"{_hints(found.hints_left_out)} of {found.groups_left_out} more reasons are not shown."
    if found.forgotten:
        yield f"{_hints(found.forgotten)} {_was(found.forgotten)} forgotten by the operator before."
    if found.counts[Kind.FAILED] or found.counts[Kind.HELD]:
        yield ""
        yield "Put right what the reasons name, then `guidelint inbox replay`."


def _group(group: Group) -> Iterator[str]:
    tried = f", next try {group.next_try}" if group.next_try else ""
    why = f": {_short(group.reason)}" if group.reason else ""
    yield f"{group.kind.value}{why} ({_hints(group.count)}, the oldest of {group.oldest}{tried})"
    yield from (f"  {_one(hint)}" for hint in group.first)
    if (more := group.count - len(group.first)) and group.first:
        yield f"  … and {more} more"


def _one(hint: OpenHint) -> str:
    about = (("project", hint.project), ("task", hint.task), ("annotation", hint.annotation))
    ids = " ".join(f"{name} {number}" for name, number in about if number is not None)
    return f"{hint.number}  {hint.server} {ids}  {hint.action}  {hint.received_at}"


def _short(reason: str) -> str:
    """Cut what is too long in its middle: what is wrong stands at the beginning, and what to do at the end."""
    half = LONGEST_REASON // 2
    return reason if len(reason) <= LONGEST_REASON else f"{reason[: half - 1]}…{reason[-half:]}"


def _hints(count: int) -> str:
    return f"{count} hint{'' if count == 1 else 's'}"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{visible(line)}\n" for line in lines)


def _as_json(document: Mapping[str, object]) -> str:
    return unheard(json.dumps(msgspec.to_builtins(document), indent=2)) + "\n"
