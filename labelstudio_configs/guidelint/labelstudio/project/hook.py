"""The one webhook through which a project tells the service what happened."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.labelstudio.connection.errors import LabelStudioError, Refused, Unreachable

if TYPE_CHECKING:
    from guidelint.labelstudio.connection.administration import Administration, HookState

ACTIONS: Final = frozenset(
    {
        "ANNOTATION_CREATED",
        "ANNOTATION_UPDATED",
        "ANNOTATIONS_CREATED",
        "ANNOTATIONS_DELETED",
        "TASKS_CREATED",
        "TASKS_DELETED",
        "PROJECT_UPDATED",
    }
)
"""Everything that may change a verdict; what else Label Studio can tell is not asked for."""


def set_hook(administration: Administration, project: int, url: str, secret: str) -> bool:
    """Make sure that exactly one webhook of ours is registered, and right; whether anything had to change.

    A webhook is ours by its secret header. Raises Refused with the remedy when Label Studio does not take the address.
    """
    from guidelint.labelstudio.connection.administration import HookState  # noqa: PLC0415 - loads the SDK

    wanted = HookState(0, url, {SECRET_HEADER: secret}, ACTIONS, True, True, False)
    ours = [hook for hook in administration.hooks(project) if is_ours(hook)]
    for surplus in ours[1:]:
        administration.delete_hook(surplus.id)
    if ours and replace(ours[0], id=0) == wanted:
        return len(ours) > 1
    try:
        if ours:
            administration.update_hook(ours[0].id, wanted)
        else:
            administration.create_hook(project, wanted)
    except LabelStudioError as error:
        raise explained(error, url) from error
    return True


def is_ours(hook: HookState) -> bool:
    """Whether a webhook carries our secret header."""
    return SECRET_HEADER.lower() in {name.lower() for name in hook.headers}


def explained(error: LabelStudioError, url: str) -> LabelStudioError:
    """Say what Label Studio means by refusing the address of a webhook, and what to do about it."""
    text = str(error)
    if isinstance(error, Refused) and error.status == HTTPStatus.FORBIDDEN:
        return Refused(
            f"Label Studio refuses to call {url}: since 1.23.1 it guards against private addresses. On a private"
            " network start it with USE_DEFAULT_BANNED_SUBNETS=false and USER_ADDITIONAL_BANNED_SUBNETS=169.254.0.0/16"
            " (or SSRF_PROTECTION_ENABLED=false for a test).",
            error.status,
        )
    if isinstance(error, Refused) and "valid URL" in text:
        return Refused(
            f"Label Studio does not take {url} as an address: a host name needs a dot, or must be localhost or an IP"
            " address. Name the service's container for instance guidelint.internal.",
            error.status,
        )
    if isinstance(error, Unreachable) and "resolve" in text.lower():
        return Unreachable(f"Label Studio cannot find the host of {url} from where it runs. Is the name right there?")
    return error
