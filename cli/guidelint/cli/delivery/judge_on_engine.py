"""A check on an engine, shown as tables in a folder that all of its workers write to."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING, cast

from guidelint.annotation.decoding.files.source import source_of
from guidelint.checking.plain.head import head_json
from guidelint.cli.extras import need_extra
from guidelint.cli.refusals import refused
from guidelint.cli.render.format import Format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.checking.checked import Checked
    from guidelint.cli.delivery.showing import Look

RUN = "run.json"
"""What was judged by what, and all that was counted."""
_ADDRESS = re.compile(r"^([a-z][a-z0-9+.-]+):/(?!/)")
"""An address of a store, as a path writes it."""


def refuse_unless_for_tables(named: Format, output: Path | None, most: int | None) -> None:
    """Say what a check on an engine needs. Raises typer.Exit."""
    need_extra("engine", "`guidelint check --engine`")
    if named is not Format.PARQUET or output is None:
        raise refused("--engine writes tables alone, whatever their size: add --format parquet --output FOLDER")
    if most is not None:
        raise refused("--engine writes all findings: leave out --max-findings")


def objects_among(arguments: Sequence[str]) -> tuple[list[str], list[Source]]:
    """Part files and folders from addresses of objects and listings of them."""
    from guidelint.checking.engine.objects import is_of_store, objects  # noqa: PLC0415 - with its extra

    named = [argument for argument in arguments if is_of_store(argument)]
    return [argument for argument in arguments if not is_of_store(argument)], list(objects(named))


def judge_on_engine(checked: Checked, look: Look, address: str, folder: Path) -> None:
    """Judge, and write tables in parts. Says what of the engine fails, and raises typer.Exit."""
    import fsspec  # noqa: PLC0415 - with its extra

    from guidelint.checking.engine.run import EngineError, check_on, connected  # noqa: PLC0415
    from guidelint.checking.engine.tasks import OtherVersionError  # noqa: PLC0415
    from guidelint.checking.spread.crew import LostProcessError  # noqa: PLC0415

    place = _address(folder)
    _refuse_what_is_read_once(checked)
    checked.delivery.sources = [_found_from_anywhere(source_of(one)) for one in checked.delivery.sources]
    try:
        with connected(address) as client:
            check_on(client, checked, look, place)
    except (EngineError, LostProcessError, OtherVersionError) as error:
        raise refused(str(error)) from error
    with fsspec.open(f"{place}/{RUN}", "w") as file:
        json.dump({**head_json(look.plans), "statistics": checked.totals.as_json()}, cast("IO[str]", file))


def _address(folder: Path) -> str:
    written = str(folder)
    return _ADDRESS.sub(r"\1://", written) if _ADDRESS.match(written) else str(folder.resolve())


def _found_from_anywhere(source: Source) -> Source:
    """Give a file by its whole path: workers run in folders of their own. It is called as before."""
    return source if source.path is None else replace(source, path=source.path.resolve())


def _refuse_what_is_read_once(checked: Checked) -> None:
    for source in map(source_of, checked.delivery.sources):
        if source.is_read_once:
            raise refused(
                f"--engine: {source.name} can be read by this process alone. Save it to a file, and give that"
            )
