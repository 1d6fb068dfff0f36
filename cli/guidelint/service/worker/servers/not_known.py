"""What cannot be judged because nobody told this service how: a project without a push, a server without a token."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING

from guidelint.service.log import note

if TYPE_CHECKING:
    from guidelint.service.store.base.task_key import TaskKey


MOST_TOLD = 1000
"""Projects that a line is written about: whoever knows the secret can name any number."""


class ProjectNotKnown(Exception):  # noqa: N818 - a state of the store
    """A hint from a project that was never pushed with this store; the message says what to do."""


class ServerNotKnown(Exception):  # noqa: N818 - a state of the settings
    """A hint from a server that this service has no token for; the message says what to do."""


def not_pushed(server: str, project: int, place: str, guideline: str = "GUIDELINE") -> str:
    """Say that a store does not know a project, and what to do about it."""
    return (
        f"the store {place} does not know project {project} of {server}, so what is handed in there is not judged."
        " If another store knows it, name that one (--store, GUIDELINT_STORE) or restore it. Otherwise push its"
        f" guideline: guidelint push {guideline} {server} --project {project} --store {quote(place)}"
    )


def exam_not_known(server: str, project: int, place: str, guideline: str) -> str:
    """Say that a store does not know an exam, by whose keys alone it can be graded, and what to do about it."""
    return (
        f"the store {place} does not know project {project} of {server}, an exam in {guideline}, so what is handed in"
        " there is not graded. If another store knows it, name that one (--store, GUIDELINT_STORE) or restore it."
        f" Otherwise make another: guidelint push {guideline} {server} --calibration --again --store {quote(place)}"
    )


def no_token(server: str) -> str:
    """Say that there is no token for a server, and what to do about it."""
    return (
        f"there is no token for {server}, so what is handed in there is not judged."
        " Name that server when the service is started, with a token for it"
    )


@dataclass
class ToldOnce:
    """Says once of each project that its hints are held, until one of them was dealt with."""

    _told: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    def tell(self, key: TaskKey, reason: str) -> None:
        """Write one line, unless it was written already, or for too many: the store and ``/ready`` count all."""
        if (key.server, key.project) not in self._told and len(self._told) < MOST_TOLD:
            self._told.add((key.server, key.project))
            note("hints are held", logging.ERROR, server=key.server, project=key.project, reason=reason)

    def over(self, key: TaskKey) -> None:
        """Take in that the project is known."""
        self._told.discard((key.server, key.project))
