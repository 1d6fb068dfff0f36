"""Contributions of a large delivery: in memory as long as they are few, in a temporary file from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.judging.contributions import InMemory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.checking.kept.kept_file import KeptFile
    from guidelint.validation.judging.contributions import Group, Put
    from guidelint.validation.rule.subject import Subject

FEW = 20_000
"""Contributions that are kept in memory."""


class Kept:
    """Keeps contributions where there is room for them."""

    def __init__(self, types: Mapping[str, type], few: int = FEW) -> None:
        """``types``: key of each check → type of what it gathers."""
        self._types, self._few = types, few
        self._count = 0
        self._memory = InMemory()
        self._file: KeptFile | None = None

    def put(self, put: Put) -> None:
        """Keep what an annotation contributes, unless a later version of it is kept."""
        if self._file is not None:
            self._file.put(put)
            return
        self._memory.put(put)
        self._count += 1 + len(put.rows)
        if self._count > self._few:
            from guidelint.checking.kept.kept_file import KeptFile  # noqa: PLC0415 - loads SQLite, for large deliveries only

            self._file = KeptFile(self._types)
            for kept in self._memory.puts():
                self._file.put(kept)
            self._memory = InMemory()

    def puts(self) -> Iterator[Put]:
        """Give what was kept, as it was put."""
        return self._memory.puts() if self._file is None else self._file.puts()

    def close(self) -> None:
        """Let the file go, if there is one."""
        if self._file is not None:
            self._file.close()

    def subjects(self, least: Mapping[str, int]) -> Iterator[tuple[Subject, Iterator[Group]]]:
        """Give every subject once, with its groups that can be compared."""
        return self._memory.subjects(least) if self._file is None else self._file.subjects(least)
