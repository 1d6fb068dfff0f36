"""Contributions as frames, which the shuffle of the engine brings together: by annotation first, then by subject."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
import pandas as pd
import pyarrow as pa

from guidelint.checking.kept.digest import digest
from guidelint.checking.spread.contributed import DIGEST_BYTES, key_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.checking.spread.chunk import Key
    from guidelint.checking.spread.contributed import Contributed, Row

_BYTES = pd.ArrowDtype(pa.binary())
COLUMNS: dict[str, Any] = {
    "put": "int64",  # half of the digest of task and annotation: what is shuffled by
    "digest": _BYTES,
    "version": pd.ArrowDtype(pa.string()),
    "order": "int64",  # which put of the delivery
    "partition": "int64",  # of the subject; -1: none is contributed to
    "rows": _BYTES,
}
TOLD: dict[str, Any] = {"partition": "int64", "told": _BYTES}
OF_PIECE = 32
"""Bits for the puts of a chunk; those before them number the chunks."""
_HALF = 8
NO_SUBJECT = -1


def empty(columns: dict[str, Any]) -> pd.DataFrame:
    """Give a frame without rows, which tells its columns."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


def frame_of(contributed: Sequence[Contributed], number: int, partitions: int) -> pd.DataFrame:
    """Write what a chunk contributes: a row for each annotation and subject, and one for what contributes nothing."""
    records: list[tuple[object, ...]] = []
    order = number << OF_PIECE
    for one in contributed:
        by_put: dict[int, dict[Key, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for frame in one.frames:
            for row in rows_of(frame.content):
                by_put[row[-1]][key_of(row)].append(row)
        for put, version in enumerate(one.versions):
            key = one.puts[put * DIGEST_BYTES : (put + 1) * DIGEST_BYTES]
            told = int.from_bytes(key[:_HALF], signed=True), key, version, order
            records += (
                (*told, _partition(subject, partitions), msgspec.msgpack.encode(rows))
                for subject, rows in (by_put[put] or {(): []}).items()
            )
            order += 1
    return pd.DataFrame(records, columns=list(COLUMNS)).astype(COLUMNS)


def _partition(subject: Key, partitions: int) -> int:
    return digest(*map(str, subject)) % partitions if subject else NO_SUBJECT


def latest(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave of each annotation its latest version; of equal ones the last that was put."""
    by_version = frame.sort_values(["version", "order"], kind="stable")
    last = dict(zip(by_version["digest"].tolist(), by_version["order"].tolist(), strict=True))
    is_last = [last[key] == order for key, order in zip(frame["digest"].tolist(), frame["order"], strict=True)]
    return frame[pd.Series(is_last, index=frame.index, dtype=bool) & (frame["partition"] != NO_SUBJECT)]


def rows_in(frame: pd.DataFrame) -> Iterator[tuple[int, list[bytes]]]:
    """Give the contributions to the subjects of each partition."""
    for partition, together in frame.groupby("partition", sort=True):
        yield int(str(partition)), together["rows"].tolist()
