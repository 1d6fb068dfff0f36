"""Everything a guideline compiles into, as texts by file name, and whether what is stored is up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from guidelint.labelstudio.config.label_config import label_config
from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.config.result_schema import submission_schema
from guidelint.labelstudio.config.thumbnails import NO_THUMBNAILS
from guidelint.labelstudio.instructions.instructions import instructions
from guidelint.labelstudio.project.settings import project_settings, settings_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from guidelint.labelstudio.config.thumbnails import Thumbnails
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan


def outputs(guideline: Guideline, plan: Plan, thumbnails: Thumbnails = NO_THUMBNAILS) -> dict[str, str]:
    """Relative file name → text, the same to the byte for the same guideline and engine.

    ``thumbnails``: pictures of classes, which the editor shows. Raises ConfigError when the editor would refuse the
    labeling config.
    """
    return {
        "instructions.html": instructions(guideline),
        "label_config.xml": label_config(guideline, marker(plan), thumbnails),
        "plan.json": plan.to_json(),
        "project.json": settings_json(project_settings(guideline)),
        "submission.schema.json": submission_schema(guideline),
    }


@dataclass(frozen=True, slots=True)
class Drift:
    """A stored output that is not what the guideline compiles into."""

    file: Path
    state: Literal["missing", "changed", "unexpected"]


def drift(folder: Path, expected: Mapping[str, str]) -> tuple[Drift, ...]:
    """How a folder departs from the outputs it should hold; empty: it is up to date."""
    there = {path.name for path in folder.iterdir() if path.is_file()} if folder.is_dir() else set[str]()
    found: list[Drift] = []
    for name in sorted(there | expected.keys()):
        if name not in there:
            found.append(Drift(folder / name, "missing"))
        elif name not in expected:
            found.append(Drift(folder / name, "unexpected"))
        elif (folder / name).read_bytes() != expected[name].encode():
            found.append(Drift(folder / name, "changed"))
    return tuple(found)


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Store outputs in a folder, which is made when missing; other files in it stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
