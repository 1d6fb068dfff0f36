"""Examine a live setup link by link: what is fine, what is broken, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.labelstudio.config.marker import read_marker
from guidelint.labelstudio.connection.address import normal_address
from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.labelstudio.doctor.config_link import config_links
from guidelint.labelstudio.doctor.hook_link import hook_links
from guidelint.labelstudio.doctor.link import Link, broken, fine, unclear
from guidelint.labelstudio.doctor.probe_link import time_out_link
from guidelint.labelstudio.doctor.server_link import address_link, sign_up_link, token_link, version_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guidelint.labelstudio.connection.administration import Administration, ProjectState
    from guidelint.labelstudio.doctor.config_link import Compiled


def _nothing(_server: str, _state: ProjectState) -> Iterable[Link]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is to be examined."""

    url: str
    """Address of Label Studio."""
    token: str
    compiled: Compiled
    """Gives the labeling config that a guideline compiles into."""
    project: int | None = None
    """Project to examine; None: every one that follows a guideline."""
    secret: str = ""
    """Secret that the service was started with; empty: not known here."""
    service_url: str = ""
    """Address of the service as Label Studio would call it; needed only where no webhook is registered."""
    probe: bool = True
    """Whether Label Studio may be asked to call this machine, to measure its patience."""
    known: Callable[[str, ProjectState], Iterable[Link]] = _nothing
    """Links that tell whether the service's store knows a project of the server."""


def examine(setup: Setup) -> Iterator[Link]:
    """Examine everything; what hangs on a broken link is left out. Label Studio's refusals become links, not errors."""
    try:
        url = normal_address(setup.url)
    except ValueError as error:
        yield broken("address", str(error), "Give the address as you type it into the browser.")
        return
    link, version = address_link(url)
    yield link
    if version is None:
        return
    yield version_link(version)
    yield sign_up_link(url)
    link = token_link(url, setup.token)
    yield link
    if link.state != "broken":
        yield from _projects(setup, url)


def _projects(setup: Setup, url: str) -> Iterator[Link]:
    from guidelint.labelstudio.connection.administration import Administration  # noqa: PLC0415 - loads the SDK

    with Administration(url, setup.token) as administration:
        try:
            found = _chosen(administration, setup.project)
        except LabelStudioError as error:
            yield broken("project", str(error), "See `guidelint push --help`, or name another project.")
            return
        if not found:
            yield unclear("project", "no project follows a guideline", "Push one: guidelint push GUIDELINE ADDRESS.")
        for state in found:
            for link in _project(setup, administration, state):
                yield link.on(f"project {state.id}")


def _chosen(administration: Administration, project: int | None) -> list[ProjectState]:
    if project is not None:
        return [administration.project(project)]
    return [found for found in administration.projects() if read_marker(found.label_config)]


def _project(setup: Setup, administration: Administration, state: ProjectState) -> Iterator[Link]:
    try:
        yield from config_links(state, setup.compiled)
        yield from setup.known(administration.url, state)
        yield from hook_links(administration, state.id, setup.service_url, setup.secret)
        if setup.probe:
            yield time_out_link(administration, state)
        else:
            yield fine("time-out", "not measured, as asked")
    except LabelStudioError as error:
        yield broken("project", str(error), "Repair this first, then run the doctor again.")
