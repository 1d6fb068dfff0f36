"""Links of the webhook: registered once, right, allowed by Label Studio, taken by the service."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx

from guidelint.labelstudio.connection.address import SECRET_HEADER, TRIAL, hook_address
from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.labelstudio.doctor.link import Link, broken, fine, unclear
from guidelint.labelstudio.project.hook import ACTIONS, explained, is_ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.labelstudio.connection.administration import Administration, HookState

SLOW_S = 0.5
"""An answer that takes longer leaves Label Studio too little of its second."""
_PUSH = "Push again with --service ADDRESS: it sets the webhook right."


def hook_links(administration: Administration, project: int, service_url: str, secret: str) -> Iterator[Link]:
    """Examine the webhook of one project."""
    ours = [hook for hook in administration.hooks(project) if is_ours(hook)]
    if not ours:
        yield _missing(administration, project, service_url)
        return
    if len(ours) > 1:
        yield broken("webhook", f"{len(ours)} are registered, so that every event comes more than once", _PUSH)
    hook = ours[0]
    yield _registered(hook)
    yield _actions(hook)
    yield _allowed(administration, hook)
    yield from _service(administration.url, hook, secret)


def _missing(administration: Administration, project: int, service_url: str) -> Link:
    """Try the service's address in a webhook that is switched off, and take it away again."""
    said = "none is registered, so that only the sweep finds submissions"
    if not service_url:
        return broken("webhook", said, "Push with --service ADDRESS.")
    from guidelint.labelstudio.connection.administration import HookState  # noqa: PLC0415 - loads the SDK

    url = hook_address(service_url, administration.url)
    trial = HookState(0, url, {SECRET_HEADER: "trial"}, ACTIONS, False, False, False)
    try:
        administration.create_hook(project, trial)
        for hook in administration.hooks(project):
            if hook.url == url and not hook.is_active and is_ours(hook):
                administration.delete_hook(hook.id)
    except LabelStudioError as error:
        return broken("webhook", *_split(str(explained(error, url))))
    return broken("webhook", said, f"Push with --service {service_url}: Label Studio would take it.")


def _registered(hook: HookState) -> Link:
    if not hook.is_active:
        return broken("webhook", f"{hook.url} is switched off", _PUSH)
    if not hook.send_payload:
        return broken("webhook", f"{hook.url} is sent without payload", _PUSH)
    return fine("webhook", hook.url)


def _actions(hook: HookState) -> Link:
    missing = sorted(ACTIONS - hook.actions)
    if hook.send_for_all_actions or not missing:
        return fine("webhook events", f"all {len(ACTIONS)} that can change a verdict")
    if not hook.actions:
        said = "the list of events is empty: a change of the webhook without its events wipes them"
        return broken("webhook events", said, _PUSH)
    return broken("webhook events", f"missing: {', '.join(missing)}", _PUSH)


def _allowed(administration: Administration, hook: HookState) -> Link:
    """Save the webhook as it is: Label Studio looks at the address again, as it does before every delivery."""
    try:
        administration.update_hook(hook.id, hook)
    except LabelStudioError as error:
        return broken("webhook address", *_split(str(explained(error, hook.url))))
    return fine("webhook address", "Label Studio's guard lets it through")


def _service(url: str, hook: HookState, secret: str) -> Iterator[Link]:
    """Deliver something that is no event: a service with the same secret says so, and stores nothing."""
    header = next((value for name, value in hook.headers.items() if name.lower() == SECRET_HEADER.lower()), "")
    if secret and secret != header:
        said = "the webhook carries another secret than the one given here"
        yield broken("secret", said, "Start serve with the secret that was pushed, or push again with this one.")
    began = time.monotonic()
    try:
        answer = httpx.post(hook.url, content=TRIAL, headers={SECRET_HEADER: header}, timeout=5)
    except httpx.TransportError as error:
        remedy = "Is `guidelint serve` running, and can this machine reach it? Label Studio must, too."
        yield broken("service", f"{hook.url} does not answer ({type(error).__name__})", remedy)
        return
    yield _answered(url, answer, time.monotonic() - began)


def _answered(url: str, answer: httpx.Response, seconds: float) -> Link:
    where = str(answer.request.url)
    if answer.is_redirect:
        said = f"{where} redirects, and Label Studio loses the event on the way"
        return broken("service", said, "Push with the address that it redirects to.")
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        said = "the service does not accept the webhook's secret"
        return broken("secret", said, "Start serve with the secret that was pushed, or push again with the service's.")
    if answer.status_code == HTTPStatus.NOT_FOUND:
        return broken("service", f"{where} does not know this Label Studio", f"Start it with: guidelint serve {url}")
    if answer.status_code != HTTPStatus.BAD_REQUEST:
        said = f"{where} answers {answer.status_code}, which `guidelint serve` would not"
        return unclear("service", said, "Is something else listening there, or a proxy in between?")
    if seconds > SLOW_S:
        return broken("service", f"it took {seconds:.1f} s to answer", "Give the machine more room, or the disk less.")
    return fine("service", f"takes events and accepts the secret ({seconds * 1000:.0f} ms)")


def _split(text: str) -> tuple[str, str]:
    """Cut what is wrong from what to do about it."""
    said, dot, remedy = text.partition(". ")
    return (said, remedy) if dot else (said, _PUSH)
