"""What the judging process tells the receiver."""

from __future__ import annotations

from typing import Literal

import msgspec


class Told(msgspec.Struct, omit_defaults=True):
    """One line on standard output."""

    shown: tuple[int, ...] = ()
    """Rows whose verdict can be seen in Label Studio."""
    done: tuple[int, ...] = ()
    """Rows that no longer keep anybody waiting: dealt with, set aside, or put off."""
    state: State | None = None
    """How the process stands: whenever that has changed, and every few seconds as a sign of life."""
    server: ServerLook | None = None
    """How one Label Studio stands, whenever it was looked at."""
    counts: Counts | None = None
    """What was counted since this was last told."""


class State(msgspec.Struct, frozen=True):
    """How the judging process stands."""

    judging: bool = False
    """Whether it looks at the inbox, and the store lets it."""
    kernels: Literal["base", "fast"] = "base"
    """Which kernels it judges on."""
    compiling: bool = False
    """Whether compiled ones are being made beside it; judging goes on meanwhile."""


class HookLook(msgspec.Struct, frozen=True):
    """How the webhook of one project stands, when something is wrong with it."""

    project: int
    problem: Literal["missing", "off", "other secret", "unread"]


class ServerLook(msgspec.Struct, frozen=True):
    """How one Label Studio stands, looked at from the judging process."""

    server: str
    answers: Literal["as itself", "not ours", "not at all"]
    """``not ours``: it does not accept the token. ``not at all``: no answer, or somebody else's in its place."""
    reason: str = ""
    hooks: tuple[HookLook, ...] = ()
    """What is wrong with the webhooks of the projects that follow a guideline."""
    saw_all_hooks: bool = False
    """Whether the webhooks of every such project were looked at."""


class Counts(msgspec.Struct, frozen=True):
    """What the judging process counts."""

    judged: dict[str, int] = {}
    """Decision → verdicts given."""
    requests: dict[str, int] = {}
    """Kind of request to Label Studio → how often it was sent."""
