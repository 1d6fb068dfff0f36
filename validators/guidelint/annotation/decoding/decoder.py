"""What turns a file into submissions: the protocol that the decoder of every format follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from guidelint.imaging.given import NOTHING_GIVEN, Given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.annotation.decoding.files.blocks import Blocks
    from guidelint.annotation.decoding.files.json_record import PayloadError
    from guidelint.annotation.decoding.files.part import Begin, Part, PartBlocks
    from guidelint.annotation.decoding.files.source import Source
    from guidelint.annotation.decoding.files.text_point import Point, Span
    from guidelint.annotation.decoding.legends.legend import Legend
    from guidelint.annotation.decoding.parts.task_data import TaskData
    from guidelint.annotation.submission import Submission
    from guidelint.annotation.vocabulary import Vocabulary

MAX_RECORD_BYTES = 128 * 2**20
"""Most that is read of one task: a few hundred painted masks of 2048 × 2048 pixels."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being read, and what is asked of its decoder."""

    source: Source
    blocks: Blocks | PartBlocks
    """All that it holds, unpacked where it is compressed with gzip."""
    vocabulary: Vocabulary
    """The names that it may use."""
    max_record_bytes: int = MAX_RECORD_BYTES
    places: bool = False
    """Ask where in the text everything stands."""
    given: Given = NOTHING_GIVEN
    """What is told of the images beside the file."""
    legend: Legend | None = None
    """What the values of masks stand for, where it was given; None: it is looked for beside them."""
    broken: Callable[[bytes], str] | None = None
    """Says how an annotation as delivered breaks the schema that its tool was given; empty: it does not."""
    part: Part[Any] | None = None
    """Which part of the file is wanted, of a decoder that can part it; None: all of it."""


class RecordText(Protocol):
    """The text of a record, by which the place of everything in it can be told."""

    @property
    def start(self) -> Point:
        """Where it begins in its file."""
        ...

    def span(self, annotation: int = 0, item: int = 0) -> Span:
        """Place of an item of an annotation, else of the annotation, else of the record; both counted from 1."""
        ...

    def item_named(self, annotation: int, name: str) -> int:
        """Which item of an annotation is the first with an id, from 1; 0: none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRecord:
    """A record, or the rest of a file, that cannot be read."""

    reason: str
    position: int = 0
    """Which record of the file, from 1; 0: the file itself."""
    offset: int | None = None
    """Its first byte in the uncompressed text; None: the format counts none."""
    task: str = ""
    project: str = ""
    text: RecordText | None = None
    repeats: bool = False
    """It was told of another record before, and is only counted."""
    times: int = 1
    """How many records it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    """One task with the annotations that were handed in for it."""

    position: int
    """Which record of the file, from 1."""
    offset: int | None = None
    """Its first byte in the uncompressed text; None: the format counts none."""
    task: str
    """Its id; empty: none."""
    project: str = ""
    data: TaskData
    """What is told of its images, under the keys of the guideline."""
    data_problem: str = ""
    """Why the data cannot be read: then no annotation of it is."""
    annotations: int
    """How many were handed in."""
    read: Callable[[], Iterator[Submission | PayloadError]]
    """Reads them one by one; what cannot be read is its reason."""
    besides: str = ""
    """What else stands in the record and is not judged, with the way on; empty: nothing."""
    drafted: bool = False
    """Somebody has begun, and not handed in."""
    predicted: bool = False
    """A model has made a proposal."""
    undelivered: int = 0
    """Annotations that the tool counts on the task, beyond those that were delivered."""
    text: RecordText | None = None


Decoded = TaskRecord | UnreadRecord


class Decoder(Protocol):
    """Reads one format. A file of ``formats/`` that holds one as ``DECODER`` is all that a further format takes."""

    @property
    def name(self) -> str:
        """What guidelines and ``--from`` call the format."""
        ...

    @property
    def title(self) -> str:
        """What people call a file of it, with its article: ``a COCO file``."""
        ...

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of its files end, in small letters: what a folder is searched for when the format is told."""
        ...

    @property
    def carries(self) -> frozenset[Carried]:
        """What it can carry."""
        ...

    @property
    def has_schema(self) -> bool:
        """Whether a guideline compiles into a schema that annotations, as they stand in it, can be held against."""
        ...

    @property
    def has_legend(self) -> bool:
        """Whether a legend says what its values mean."""
        ...

    def fits(self, head: bytes) -> bool:
        """Whether a file that begins like this is of the format; its name says nothing."""
        ...

    def records(self, opened: Opened) -> Iterator[Decoded]:
        """Read task after task; what cannot be read is told and costs nothing else.

        Raises FormatError when the file is not of the format after all, or not to be read at all.
        """
        ...


@runtime_checkable
class PartingDecoder(Decoder, Protocol):
    """Its files can be read in several places at once, each part exactly as in the whole."""

    def parts(self, path: Path, begin: Begin[Any] | None, size: int, *, places: bool) -> Iterator[Part[Any]]:
        """Foresee parts of a plain file of about so many bytes each, from a place on; None: from its beginning.

        What was foreseen may be wrong, since nothing is decoded: whoever reads a part tells where it ends and how. The
        last part that is given goes on to the end of the file, or to where nothing could be foreseen any more.
        """
        ...
