"""Whether one Label Studio does its part: it answers as itself, takes our token, and sends the right secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.service.receiver.watching.check import Check, no, told, yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.service.messages import ServerLook
    from guidelint.service.receiver.watching.facts import Limits, Server

LABEL_STUDIO, TOKEN, SECRET = "Label Studio", "token", "webhook secret"
_HOOKS: Mapping[str, str] = {
    "missing": "has no webhook of ours, so that only the sweep finds what is handed in: push with --service ADDRESS",
    "off": "has its webhook switched off, or sent without payload: push with --service ADDRESS",
    "other secret": "has a webhook with another secret than this service: start it with that secret, or push again",
    "unread": "did not let its webhooks be read",
}


def server_checks(number: int, server: Server, limits: Limits) -> Iterator[Check]:
    """Check one server, named by its number."""
    look = server.look
    if look is None or server.looked_s > limits.looked_s:
        since = "yet" if look is None else f"for {server.looked_s:.0f} s"
        yield no(LABEL_STUDIO, f"was not looked at {since}", server.address, number)
        yield no(TOKEN, f"was not tried {since}", server.address, number)
        yield _secret(number, server, None, limits)
        return
    yield from _answers(number, server, look)
    yield _secret(number, server, look, limits)


def _answers(number: int, server: Server, look: ServerLook) -> Iterator[Check]:
    detail = f"{server.address}: {look.reason}" if look.reason else server.address
    if look.answers == "not at all":
        yield no(LABEL_STUDIO, "does not answer, or something else answers in its place", detail, number)
        yield told(TOKEN, "cannot be tried now", detail, number)
    elif look.answers == "not ours":
        yield told(LABEL_STUDIO, "answers", detail, number)
        yield no(
            TOKEN,
            "is not accepted, or its account may not read what it must: give another, in the token file",
            detail,
            number,
        )
    else:
        yield yes(LABEL_STUDIO, "answers as itself", detail, number)
        yield yes(TOKEN, "is accepted", detail, number)


def _secret(number: int, server: Server, look: ServerLook | None, limits: Limits) -> Check:
    if server.refused_s is not None and server.refused_s <= limits.refused_s:
        if look is not None and look.answers == "as itself" and look.saw_all_hooks and not look.hooks:
            return told(
                SECRET,
                f"{server.refused} deliveries with another secret were refused, the last {server.refused_s:.0f} s ago,"
                " though every webhook of a project that is followed carries the right one: somebody else calls",
                server.address,
                number,
            )
        return no(
            SECRET,
            f"{server.refused} deliveries with another secret were refused, the last {server.refused_s:.0f} s ago, and"
            " none with the right one came since: start the service with the webhook's secret, or push again",
            server.address,
            number,
        )
    if look is None or look.answers != "as itself":
        return told(SECRET, "cannot be looked up now; no delivery with another secret was refused", "", number)
    if look.hooks:
        wrong = "; ".join(f"{server.address} project {item.project} {_HOOKS[item.problem]}" for item in look.hooks)
        kinds = list(dict.fromkeys(item.problem for item in look.hooks))
        says = "; ".join(f"a project {_HOOKS[kind]}" for kind in kinds)
        return no(SECRET, says, wrong, number)
    return yes(SECRET, "is that of every webhook", server.address, number)
