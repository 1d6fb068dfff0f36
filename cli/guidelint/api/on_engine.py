"""A check on an engine, asked for in Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.api.error import GuidelintError, in_python
from guidelint.checking.installed import lacking

if TYPE_CHECKING:
    import os

    from guidelint.checking.checked import Checked
    from guidelint.checking.plain.showing import Plainly


def need_engine(what: str) -> None:
    """Refuse what cannot be done without the extra. Raises GuidelintError."""
    if said := lacking("engine", what):
        raise GuidelintError(said)


def judge_on(engine: str, checked: Checked, showing: Plainly, to: str | os.PathLike[str]) -> None:
    """Judge, and let workers write tables. Raises GuidelintError."""
    from guidelint.checking.engine.run import EngineError  # noqa: PLC0415 - with its extra
    from guidelint.checking.engine.to_folder import write_tables  # noqa: PLC0415
    from guidelint.checking.tables.folder import NotAFolderError, refuse_no_folder  # noqa: PLC0415
    from guidelint.checking.tables.rows import AsRows  # noqa: PLC0415

    folder = Path(to)
    try:
        refuse_no_folder(folder)
        write_tables(engine, checked, AsRows(showing), showing.plans, folder)
    except (EngineError, NotAFolderError) as error:
        raise GuidelintError(in_python(str(error))) from error
    except OSError as error:
        raise GuidelintError(f"{folder} cannot be written: {(error.strerror or 'unwritable').lower()}") from error
