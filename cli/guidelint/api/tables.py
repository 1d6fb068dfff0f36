"""Verdicts and findings as tables."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guidelint.api.error import GuidelintError
from guidelint.checking.installed import lacking

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd
    import pyarrow as pa

    from guidelint.checking.plain.from_record import Plain


class ArrowTables(NamedTuple):
    """Both tables in Arrow, which ``verdict`` joins."""

    verdicts: pa.Table
    """A row for each verdict, and for each thing that could not be read."""
    findings: pa.Table
    """A row for each finding."""


class DataFrames(NamedTuple):
    """Both tables in pandas, which ``verdict`` joins."""

    verdicts: pd.DataFrame
    """A row for each verdict, and for each thing that could not be read."""
    findings: pd.DataFrame
    """A row for each finding."""


class ParquetFiles(NamedTuple):
    """Both tables in Parquet, which ``verdict`` joins."""

    verdicts: Path
    findings: Path


def need_tables(what: str) -> None:
    """Refuse what cannot be done without the extra. Raises GuidelintError."""
    if said := lacking("tables", what):
        raise GuidelintError(said)


def arrow_tables(records: Iterable[Plain], head: Mapping[str, object]) -> ArrowTables:
    """Hold all of a run in Arrow."""
    import pyarrow as pa  # noqa: PLC0415 - with its extra

    from guidelint.checking.tables.batches import Batches, schemas  # noqa: PLC0415 - with its extra

    declared = schemas(head)
    batches = Batches(declared)
    held = [batch for record in records for batch in batches.add(record)]
    held.append(batches.taken())
    return ArrowTables(
        pa.Table.from_batches([batch.verdicts for batch in held], declared.verdicts),
        pa.Table.from_batches([batch.findings for batch in held], declared.findings),
    )


def data_frames(tables: ArrowTables) -> DataFrames:
    """Give both tables to pandas."""
    return DataFrames(tables.verdicts.to_pandas(), tables.findings.to_pandas())


def need_pandas() -> None:
    """Refuse what cannot be done without pandas. Raises GuidelintError."""
    if find_spec("pandas") is None:
        raise GuidelintError(
            "to_pandas() needs pandas, which is not installed here. Install it with: pip install pandas"
        )


def parquet_files(
    records: Iterable[Plain],
    head: Mapping[str, object],
    statistics: Callable[[], Mapping[str, object]],
    to: str | os.PathLike[str],
) -> ParquetFiles:
    """Write both tables as they come; ``statistics`` tells at the end what was counted. Raises GuidelintError."""
    from guidelint.checking.tables.folder import NotAFolderError, refuse_no_folder  # noqa: PLC0415
    from guidelint.checking.tables.parquet import NAMES, parquet_tables  # noqa: PLC0415 - with its extra

    folder = Path(to)
    try:
        refuse_no_folder(folder)
        with parquet_tables(folder, head) as tables:
            for record in records:
                tables.add(record)
            tables.end(statistics())
    except NotAFolderError as error:
        raise GuidelintError(str(error)) from None
    except OSError as error:
        raise GuidelintError(f"{folder} cannot be written: {(error.strerror or 'unwritable').lower()}") from error
    return ParquetFiles(*(folder / name for name in NAMES))
