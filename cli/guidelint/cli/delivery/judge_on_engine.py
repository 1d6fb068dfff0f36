"""A check on an engine, as the command line asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.extras import need_extra
from guidelint.cli.refusals import refused
from guidelint.cli.render.format import Format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.checking.checked import Checked
    from guidelint.cli.delivery.showing import Look


def refuse_unless_for_tables(named: Format, output: Path | None, most: int | None, jobs: int) -> None:
    """Say what a check on an engine needs. Raises typer.Exit."""
    need_extra("engine", "`guidelint check --engine`")
    if named is not Format.PARQUET or output is None:
        raise refused("--engine writes tables alone, whatever their size: add --format parquet --output FOLDER")
    if most is not None:
        raise refused("--engine writes all findings: leave out --max-findings")
    if jobs != 1:
        raise refused("--jobs is for processes of this machine, and the engine has workers: leave it out")


def objects_among(arguments: Sequence[str]) -> tuple[list[str], list[Source]]:
    """Part files and folders from addresses of objects and listings of them."""
    from guidelint.checking.engine.objects import is_of_store, objects  # noqa: PLC0415 - with its extra

    named = [argument for argument in arguments if is_of_store(argument)]
    return [argument for argument in arguments if not is_of_store(argument)], list(objects(named))


def judge_on_engine(checked: Checked, look: Look, address: str, folder: Path) -> None:
    """Judge, and write tables in parts. Says what of the engine fails, and raises typer.Exit."""
    from guidelint.checking.engine.run import EngineError  # noqa: PLC0415 - with its extra
    from guidelint.checking.engine.to_folder import write_tables  # noqa: PLC0415

    try:
        write_tables(address, checked, look, look.plans, folder)
    except EngineError as error:
        raise refused(str(error)) from error
