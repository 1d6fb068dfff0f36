"""An annotation captured: its image, its result and today's verdict, stored as an example."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from guidelint.checking.examples.drawing.judge import example_of
from guidelint.checking.examples.drawing.written import written_keys
from guidelint.cli.capturing.given_task import CaptureError, GivenTask, of_export, of_server
from guidelint.cli.capturing.image_file import stripped
from guidelint.cli.refusals import refused
from guidelint.cli.streams import tell
from guidelint.cli.testing.drawing import free, refuse_what_stays
from guidelint.cli.testing.run_examples import examples_of
from guidelint.imaging.header import look_up
from guidelint.language.examples.folder import ExamplesError
from guidelint.language.form.fields import NAME_PATTERN
from guidelint.language.text.suggest import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.checking.examples.outcome import Outcome
    from guidelint.cli.testing.of_one import OfOne

_FACTS: Final = ("slice_thickness", "slice_spacing")
"""Facts of an image that name nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for on the command line."""

    guideline: str
    task: str = ""
    """Address of a task in Label Studio."""
    export: Path | None = None
    task_id: str = ""
    annotation: str = ""
    image: Path | None = None
    name: str = ""
    shows: str = ""
    kind: str = ""
    use: str = "teach"
    because: str = ""
    token_file: Path | None = None


def capture(asked: Asked) -> None:
    """Store an annotation as an example. Raises typer.Exit where that cannot be."""
    refuse_what_stays(asked.guideline)
    one = examples_of(asked.guideline)
    made: list[Path] = []
    try:
        path, outcome = _stored(asked, one, made)
    except (CaptureError, ExamplesError, OSError) as error:
        for each in made:
            each.unlink(missing_ok=True)
        raise refused(str(error)) from error
    found = "".join(f"; {clause}" for clause in sorted(outcome.clauses))
    tell(f"guidelint: {path} written: it is {outcome.decision}{found}. If that is not what you mean, change it there\n")


def _stored(asked: Asked, one: OfOne, made: list[Path]) -> tuple[Path, Outcome]:
    folder = one.runner.folder.path
    task = _task(asked)
    name = asked.name or f"task-{re.sub('[^a-z0-9]+', '-', task.id.lower()).strip('-') or 'captured'}"
    _refuse_names(asked, name, one)
    folder.mkdir(exist_ok=True)
    result = cast("list[dict[str, Any]]", task.annotation(asked.annotation)["result"])
    beside = free(folder, name, ".json")
    made.append(beside)
    beside.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8", newline="\n")
    said: dict[str, Any] = {
        "shows": asked.shows,
        "is": asked.kind,
        "use": asked.use if asked.use != "teach" else "",
        "because": asked.because,
        "image": _image(asked, task, result, one, made),
        "result": beside.name,
    }
    keys = {key: value for key, value in said.items() if value}
    prepared = one.runner.prepared(example_of(name, keys | {"verdict": "accepted"}))
    path = free(folder, name, ".yaml")
    made.append(path)
    path.write_text(written_keys(name, keys, prepared.outcome), encoding="utf-8", newline="\n")
    return path, prepared.outcome


def _task(asked: Asked) -> GivenTask:
    if bool(asked.task) == (asked.export is not None):
        raise CaptureError("say where the annotation is: --task ADDRESS, or --from EXPORT with --task-id")
    if asked.export is not None:
        return of_export(asked.export, asked.task_id)
    return of_server(asked.task, asked.token_file)


def _refuse_names(asked: Asked, name: str, one: OfOne) -> None:
    """Refuse names that are none. Raises CaptureError."""
    if not re.fullmatch(NAME_PATTERN, name):
        raise CaptureError(f"`{name}` is no name: lower-case words joined by hyphens. Give another: --name")
    if name in {each.name for each in one.chosen}:
        raise CaptureError(f"there is an example `{name}` already. Give another name: --name")
    classes = one.read.guideline.classes
    if asked.shows and asked.shows not in classes:
        raise CaptureError(f"there is no class `{asked.shows}`. {did_you_mean(asked.shows, classes)}")


def _image(asked: Asked, task: GivenTask, result: list[dict[str, Any]], one: OfOne, made: list[Path]) -> dict[str, Any]:
    """Give what is known of the image, and nothing that names anybody."""
    keys = one.runner.plan.vocabulary.image
    spacing, modality = look_up(task.data, keys.pixel_spacing), look_up(task.data, keys.modality)
    known: dict[str, Any] = {"modality": modality} if isinstance(modality, str) else {}
    if numbers := _numbers(spacing):
        known["spacing_mm"] = numbers
    facts = {name: look_up(task.data, getattr(keys, name)) for name in _FACTS}
    if told := {name: value for name, value in facts.items() if isinstance(value, int | float | str) and value}:
        known["facts"] = told
    if asked.image is None:
        return {**_size(task, result, keys.rows, keys.columns), **known}
    target = free(one.runner.folder.path, asked.image.stem, ".png")
    made.append(target)
    return {"file": target.name, **stripped(asked.image, target), **known}


def _size(task: GivenTask, result: list[dict[str, Any]], rows: str, columns: str) -> dict[str, Any]:
    """Give the size that the regions state, or else the data."""
    for item in result:
        height, width = item.get("original_height"), item.get("original_width")
        if isinstance(height, int) and isinstance(width, int):
            return {"rows": height, "columns": width}
    stated = {"rows": look_up(task.data, rows), "columns": look_up(task.data, columns)}
    return {name: int(value) for name, value in stated.items() if isinstance(value, int | float)}


def _numbers(spacing: object) -> list[float]:
    parts: Any = spacing.replace("\\", ",").strip("[] ").split(",") if isinstance(spacing, str) else spacing
    try:
        return [float(part) for part in parts or ()]
    except (TypeError, ValueError):
        return []
