"""Links of the labeling config: which guideline it enforces, and whether it still is what was pushed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from guidelint.labelstudio.config.marker import Marker, read_marker
from guidelint.labelstudio.doctor.link import Link, broken, fine, unclear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.labelstudio.connection.administration import ProjectState

_PUSH = "Push the guideline again: guidelint push {name} ADDRESS --project {project}."
_PUSH_EXAM = "Push it again: guidelint push {name} ADDRESS --calibration, or make another exam with --again."


class Compiled(Protocol):
    """Gives the labeling config that a version of a guideline compiles into; None: it is not known here."""

    def __call__(self, name: str, version: str) -> str | None:
        """Compile."""
        ...


def config_links(state: ProjectState, compiled: Compiled) -> Iterator[Link]:
    """Tell which guideline a project follows and whether its config was changed by hand."""
    marker = read_marker(state.label_config)
    if marker is None:
        said = "the labeling config does not say which guideline it was compiled from"
        yield broken("config", said, "Push a guideline to it: guidelint push GUIDELINE ADDRESS --project …")
        return
    yield fine("guideline", f"{'an exam in ' if marker.is_exam else ''}{marker.name} {marker.version}")
    wanted = compiled(marker.name, marker.version)
    yield _drift(state, marker, _of_exam(wanted) if wanted and marker.is_exam else wanted)


def _of_exam(config: str) -> str:
    """Give the config of an exam: that of the work, marked otherwise."""
    of_work = read_marker(config)
    return config if of_work is None else config.replace(str(of_work), str(replace(of_work, is_exam=True)))


def _drift(state: ProjectState, marker: Marker, wanted: str | None) -> Link:
    remedy = (_PUSH_EXAM if marker.is_exam else _PUSH).format(name=marker.name, project=state.id)
    if wanted is None:
        said = f"{marker.name} {marker.version} is not in the library here, so that its config cannot be compared"
        return unclear("config", said, "Name its file with --guideline.")
    expected = read_marker(wanted)
    if expected is None or expected.digest != marker.digest:
        said = f"{marker.name} {marker.version} was changed after it was pushed, or pushed by another guidelint"
        return broken("config", said, remedy)
    if state.label_config.strip() != wanted.strip():
        said = "it is not what the guideline compiles into: edited in Label Studio, or the guideline was reworded since"
        return broken("config", said, remedy)
    return fine("config", "is what the guideline compiles into")
