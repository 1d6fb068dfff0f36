"""Chunks of a delivery that are judged each by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.annotation.decoding.files.part import Part
    from guidelint.annotation.decoding.files.source import Source
    from guidelint.imaging.supplied.uses import Used
    from guidelint.validation.judging.not_accepted import Reservation

Key = tuple[int | str, ...]
"""What tells subjects apart and puts them in order: of which guideline of the run, then its columns."""


@dataclass(frozen=True, slots=True)
class Files:
    """Whole files, one after the other."""

    sources: tuple[Source, ...]
    number: int
    """Which of the delivery the first is, from 0."""

    @property
    def name(self) -> str:
        """Name it to people."""
        more = len(self.sources) - 1
        return f"{self.sources[0].name} and {more} more" if more else self.sources[0].name


@dataclass(frozen=True, slots=True)
class FilePart:
    """A part of one file."""

    source: Source
    number: int
    """Which of the delivery it is, from 0."""
    format_name: str
    part: Part[Any]

    @property
    def name(self) -> str:
        """Name it to people."""
        return f"{self.source.name} from record {self.part.begin.records + 1} on"


@dataclass(frozen=True, slots=True)
class Above:
    """What lies above one annotation: the subjects from one key on, up to another."""

    begin: Key
    end: Key | None
    """None: all that are left."""

    @property
    def name(self) -> str:
        """Name it to people."""
        return "what lies above one annotation"


Chunk = Files | FilePart | Above


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a delivery once all its files are read, and what is above its annotations rests on."""

    readers: Mapping[str, str]
    formats: Sequence[str]
    reservations: Sequence[Mapping[str, Reservation]]
    """Of each guideline of the run."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a chunk and counts for it; empty: nothing that matters was seen before."""

    firsts: Mapping[int, int] = field(default_factory=dict[int, int])
    """Tasks of which another was seen first, with that one."""
    uses: Sequence[Mapping[int, Used]] = ()
    """Of each supply: records that were used for other images before."""
    most: int | None = None
    """How many findings may still be shown; None: all."""
