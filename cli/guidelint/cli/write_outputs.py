"""What ``guidelint compile`` does: write the outputs of guidelines, or compare them with those stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import guidelint.labelstudio
from guidelint.cli.output import refused_where_nothing_can_be_written
from guidelint.cli.refusals import found, refusals, refused
from guidelint.labelstudio.config.tags import ConfigError
from guidelint.labelstudio.config.thumbnails import NO_THUMBNAILS
from guidelint.labelstudio.target import Drift, drift, outputs, write
from guidelint.language.compile.plan import compile_plan
from guidelint.language.examples.folder import folder_for
from guidelint.language.form.places.standing import standing
from guidelint.language.library import holdings
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.labelstudio.config.thumbnails import Thumbnails
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Plan


def compiled(
    guidelines: Sequence[str] | None,
    output: Path | None,
    *,
    check: bool,
    strict: bool = False,
    thumbnails: bool = False,
) -> int:
    """Write or compare the outputs of each guideline; none: of the library. Give the exit status."""
    base = output or (Path("compiled") if guidelines else library_outputs())
    drifts: list[Drift] = []
    for guideline in guidelines or newest_of_library():
        drifts += _one(guideline, base, check=check, strict=strict, thumbnails=thumbnails)
    for one in drifts:
        sys.stdout.write(f"{one.file}: {one.state}\n")
    if drifts:
        sys.stdout.write("Run the same command without --check to bring them up to date.\n")
    return 1 if drifts else 0


def newest_of_library() -> tuple[str, ...]:
    """Names of the guidelines that come with guidelint; a name alone means the newest version."""
    return tuple(sorted({item.name for item in holdings()}))


def library_outputs() -> Path:
    """Folder of the library's stored outputs."""
    return Path(guidelint.labelstudio.__path__[0]).parent / "compiled"


def _one(guideline: str, base: Path, *, check: bool, strict: bool, thumbnails: bool) -> tuple[Drift, ...]:
    read = found(guideline, strict=strict)
    try:
        plan = compile_plan(read, catalogue())
        texts = outputs(read, plan, _pictured(guideline, read, plan) if thumbnails else NO_THUMBNAILS)
    except ConfigError as error:
        raise refused(f"{guideline}: {error}") from error
    folder = base / read.name / read.version
    if check:
        return drift(folder, texts)
    with refused_where_nothing_can_be_written(folder):
        write(folder, texts)
    sys.stdout.write(f"{folder}: {', '.join(texts)}\n")
    if where := standing(read):
        sys.stdout.write(f"{read.name} {read.version} is {where}\n")
    sys.stdout.writelines(f"{line}\n" for line in _narrowed(read))
    return ()


def _pictured(guideline: str, read: Guideline, plan: Plan) -> Thumbnails:
    """Draw a picture of each class from the examples beside a guideline."""
    from guidelint.checking.handbook.pictures.thumbnails import thumbnails  # noqa: PLC0415 - only when asked for

    folder = folder_for(guideline)
    with refusals():
        return NO_THUMBNAILS if folder is None else thumbnails(read, plan, folder)


def _narrowed(read: Guideline) -> Iterator[str]:
    """Say what a guideline has of another, and what otherwise."""
    if (there := read.narrowed) is not None:
        yield f"{read.name} narrows {there.base}{', and overrides:' if there.changes else ', and overrides nothing'}"
        yield from (f"  {change.where}: {change.here} (there: {change.there})" for change in there.changes)
