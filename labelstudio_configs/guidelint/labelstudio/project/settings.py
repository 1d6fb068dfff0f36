"""Guideline to project settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from guidelint.language.form.places.standing import standing

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline


SHORTEST_TITLE: Final = 3
LONGEST_TITLE: Final = 50
"""Characters of a project title that Label Studio takes."""


class ProjectSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of a Label Studio project, under the names of its API.

    ``maximum_annotations`` is absent on purpose: writing it resets the overlap of every single task, and with it the
    second readings that escalations asked for.
    """

    title: str
    description: str
    show_instruction: bool = True
    """The instructions open by themselves before the first task."""
    show_skip_button: bool = True
    skip_queue: Literal["REQUEUE_FOR_ME", "REQUEUE_FOR_OTHERS", "IGNORE_SKIPPED"] = "REQUEUE_FOR_OTHERS"
    """A skipped task goes to another reader."""
    enable_empty_annotation: bool
    """Whether an empty submission is an answer under the guideline."""
    show_collab_predictions: bool = True
    """Without it, work that comes back prefilled would come back empty."""
    sampling: Literal["Sequential sampling", "Uniform sampling", "Uncertainty sampling"] = "Sequential sampling"


def project_settings(guideline: Guideline) -> ProjectSettings:
    """Derive the settings."""
    which = f"Guideline {guideline.name} {guideline.version}{_standing(guideline)}."
    return ProjectSettings(
        title=_title(guideline),
        description=f"{guideline.summary.strip()} {which}",
        enable_empty_annotation=guideline.empty_reading.means is not None,
    )


def _standing(guideline: Guideline) -> str:
    where = standing(guideline)
    return f", {where}" if where else ""


def settings_json(settings: ProjectSettings) -> str:
    """Write the settings, stable to the byte."""
    return msgspec.json.format(msgspec.json.encode(settings, order="sorted"), indent=2).decode() + "\n"


def _title(guideline: Guideline) -> str:
    title = " ".join(guideline.title.split())
    if len(title) < SHORTEST_TITLE:
        return f"{title} ({guideline.name})"[:LONGEST_TITLE]
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
