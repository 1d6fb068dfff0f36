"""A check on an engine, shown as tables in a folder that all of its workers write to."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING, cast

import fsspec

from guidelint.annotation.decoding.files.source import source_of
from guidelint.checking.engine.run import EngineError, check_on, connected
from guidelint.checking.engine.tasks import OtherVersionError
from guidelint.checking.plain.head import head_json
from guidelint.checking.spread.crew import LostProcessError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.checking.checked import Checked
    from guidelint.checking.spread.setup import Showing
    from guidelint.validation.judging.plan import Plan

RUN = "run.json"
"""What was judged by what, and all that was counted."""
_ADDRESS = re.compile(r"^([a-z][a-z0-9+.-]+):/(?!/)")
"""An address of a store, as a path writes it."""


def write_tables(
    address: str, checked: Checked, showing: Callable[[], Showing], plans: Sequence[Plan], folder: Path
) -> None:
    """Judge, and write tables in parts. Raises EngineError, which says what of the engine fails."""
    place = _address(folder)
    _refuse_what_is_read_once(checked)
    checked.delivery.sources = [_found_from_anywhere(source_of(one)) for one in checked.delivery.sources]
    try:
        with connected(address) as client:
            check_on(client, checked, showing, place)
    except (LostProcessError, OtherVersionError) as error:
        raise EngineError(str(error)) from error
    with fsspec.open(f"{place}/{RUN}", "w") as file:
        json.dump({**head_json(plans), "statistics": checked.totals.as_json()}, cast("IO[str]", file))


def _address(folder: Path) -> str:
    written = str(folder)
    return _ADDRESS.sub(r"\1://", written) if _ADDRESS.match(written) else str(folder.resolve())


def _found_from_anywhere(source: Source) -> Source:
    """Give a file by its whole path: workers run in folders of their own. It is called as before."""
    return source if source.path is None else replace(source, path=source.path.resolve())


def _refuse_what_is_read_once(checked: Checked) -> None:
    for source in map(source_of, checked.delivery.sources):
        if source.is_read_once:
            raise EngineError(
                f"--engine: {source.name} can be read by this process alone. Save it to a file, and give that"
            )
