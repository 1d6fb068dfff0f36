"""``guidelint compile``: guidelines into Label Studio projects and validators."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import guidelint.labelstudio
from guidelint.cli.refusals import refusals, refused
from guidelint.guideline.compile import compile_plan
from guidelint.guideline.library import find, released
from guidelint.labelstudio.outputs import Drift, drift, outputs, write
from guidelint.labelstudio.tags import ConfigError
from guidelint.rules.catalogue import catalogue


def command(
    guidelines: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="GUIDELINE",
            show_default=False,
            help="YAML files, or guidelines of the library; none: the newest of each that comes with guidelint.",
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            show_default=False,
            help="Folder that gets NAME/VERSION/. Default: compiled; for the library, its own folder.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 when the stored outputs are not up to date.")
    ] = False,
) -> None:
    """Turn guidelines into labeling config, project settings, instructions, plan and schema.

    The same guideline and engine give the same files to the byte, so that they can be stored beside the guideline and
    compared.
    """
    base = output or (Path("compiled") if guidelines else library_outputs())
    drifts: list[Drift] = []
    for guideline in guidelines or newest_of_library():
        drifts += _one(guideline, base, check=check)
    for found in drifts:
        sys.stdout.write(f"{found.file}: {found.state}\n")
    if drifts:
        sys.stdout.write("Run the same command without --check to bring them up to date.\n")
        raise typer.Exit(1)


def newest_of_library() -> tuple[str, ...]:
    """Names of the guidelines that come with guidelint; a name alone means the newest version."""
    return tuple(sorted({item.name for item in released()}))


def library_outputs() -> Path:
    """Folder of the library's stored outputs."""
    return Path(guidelint.labelstudio.__path__[0]).parent / "compiled"


def _one(guideline: str, base: Path, *, check: bool) -> tuple[Drift, ...]:
    with refusals():
        found = find(guideline)
    try:
        texts = outputs(found, compile_plan(found, catalogue()))
    except ConfigError as error:
        raise refused(f"{guideline}: {error}") from error
    folder = base / found.name / found.version
    if check:
        return drift(folder, texts)
    try:
        write(folder, texts)
    except OSError as error:
        raise refused(f"{folder} cannot be written: {(error.strerror or 'unwritable').lower()}") from error
    sys.stdout.write(f"{folder}: {', '.join(texts)}\n")
    return ()
