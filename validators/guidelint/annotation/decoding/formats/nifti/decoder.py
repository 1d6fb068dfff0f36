"""Label volumes in NIfTI: one file is all that one annotator painted on one series, and a legend names its values.

A task is a slice along the third axis on which something is painted. A value is one object over all slices.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from guidelint.annotation.decoding.decoder import TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.formats.nifti.header import SIZES, version_of, volume, whole_numbers
from guidelint.annotation.decoding.formats.nifti.placing import placing
from guidelint.annotation.decoding.formats.nifti.stream import Stream
from guidelint.annotation.decoding.legends.finding import legend_for
from guidelint.annotation.decoding.legends.place import mask_place
from guidelint.annotation.decoding.parts.budget import Budget
from guidelint.annotation.decoding.parts.drawn import RegionBuilder, submission_or_reason
from guidelint.annotation.decoding.parts.labelled import add_labelled
from guidelint.annotation.decoding.parts.painted import painted
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.submission import UnreadFact
from guidelint.geometry.mask import MaskError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.annotation.decoding.decoder import Decoded, Opened
    from guidelint.annotation.decoding.formats.nifti.header import Volume
    from guidelint.annotation.decoding.formats.nifti.placing import Placing
    from guidelint.annotation.decoding.legends.legend import Legend
    from guidelint.annotation.decoding.legends.place import MaskPlace
    from guidelint.annotation.submission import Submission

TITLE = "a label volume in NIfTI"
_SPENT = (
    "more is painted before it than is judged of a file that is packed as small. "
    "Save the volume without compression (.nii) to have all of it judged"
)
_EXTRA = "it is NIfTI, which is read by nibabel, and that is not installed. Install it: pip install 'guidelint[nifti]'"


@dataclass(frozen=True, slots=True)
class Nifti:
    """Reads label volumes in NIfTI."""

    name: str = "nifti"
    title: str = TITLE
    endings: tuple[str, ...] = (".nii", ".nii.gz")
    carries: frozenset[Carried] = frozenset({"annotators", "object names"})
    has_schema: bool = False
    has_legend: bool = True

    def fits(self, head: bytes) -> bool:
        """Whether it begins with a header of NIfTI-1 or NIfTI-2."""
        return version_of(head) > 0

    def records(self, opened: Opened) -> Iterator[Decoded]:
        """Read slice after slice, in constant memory. Raises FormatError where it is no label volume, or too large."""
        version = version_of(opened.blocks.head)
        if not version:
            raise FormatError(f"it is no NIfTI, so not {TITLE}. Export it again")
        legend = legend_for(opened.source, opened.legend)
        place = mask_place(opened.source, legend)
        stream = Stream(opened.blocks)
        size = next(size for size, one in SIZES.items() if one == version)
        try:
            found = volume(stream.read(size), version, opened.source.size_bytes)
        except ModuleNotFoundError as error:
            raise FormatError(_EXTRA) from error
        stream.skip(found.offset - size)
        yield from _Reading(opened, legend, place, found, placing(found), stream).records()


DECODER = Nifti()


@dataclass(slots=True)
class _Reading:
    """One volume while it is read."""

    opened: Opened
    legend: Legend
    place: MaskPlace
    volume: Volume
    placing: Placing
    stream: Stream
    budget: Budget = field(init=False)
    told: bool = False
    """What is not known of the volume was told with a slice."""

    def __post_init__(self) -> None:
        self.budget = Budget.of_bytes(self.opened.source.size_bytes or 0)

    def records(self) -> Iterator[Decoded]:
        for number in range(self.volume.slices):
            raw = self.stream.read(self.volume.slice_bytes)
            if len(raw) < self.volume.slice_bytes:
                yield self._unread(number, self.opened.blocks.problem or "the file ends in it, or was cut off")
                return
            yield self._task(number, raw)
            if self.budget.is_spent and number + 1 < self.volume.slices:
                yield self._unread(number + 1, _SPENT)
                return
        if self.stream.read(1):
            reason = f"behind the last of {self.volume.slices:,} slices that its header states stands more"
            yield UnreadRecord(reason=f"{reason}, which was not judged", position=self.volume.slices + 1)
        elif problem := self.opened.blocks.problem:
            yield UnreadRecord(reason=f"behind its last slice: {problem}", position=self.volume.slices + 1)

    def _unread(self, number: int, reason: str) -> UnreadRecord:
        rest = f"from slice {number + 1} of {self.volume.slices:,} on nothing was judged"
        return UnreadRecord(reason=f"{rest}: {reason}", position=number + 1)

    def _task(self, number: int, raw: bytes) -> TaskRecord:
        image = f"{self.place.image}?slice={number + 1}"
        keys = self.opened.vocabulary.image
        stored = raw if raw.count(0) < len(raw) or not self._zero_is_nothing else b""
        rows, columns = self._shape
        names = dict.fromkeys((one.key for one in keys.of_task), image) or {keys.image: image}
        data = {**names, keys.rows: rows, keys.columns: columns, **self.placing.facts(number, keys)}
        data |= self._series(image)
        read = partial(self._submissions, image, data, stored)
        return TaskRecord(position=number + 1, task=image, data=data, annotations=int(bool(stored)), read=read)

    @property
    def _shape(self) -> tuple[int, int]:
        sides = (self.volume.rows, self.volume.columns)
        return (sides[1], sides[0]) if self.placing.turned else sides

    @property
    def _zero_is_nothing(self) -> bool:
        return self.legend.of_value(0) == "" and not self.volume.intercept

    def _series(self, image: str) -> dict[str, object]:
        """Take the file for the series, unless something beside it tells of one."""
        supply, key = self.opened.given.supply, self.opened.vocabulary.image.series_uid
        told = supply is not None and any(True for _ in supply.of(image, "").told("series_uid"))
        return {} if told else {key: self.place.image}

    def _submissions(self, image: str, data: dict[str, object], raw: bytes) -> Iterator[Submission | PayloadError]:
        if not raw:
            return
        rows, columns = self._shape
        facts = TaskImage(data, self.opened.vocabulary.image, self.opened.given)
        builder = RegionBuilder(self.opened.vocabulary, facts, (columns, rows), of_grid=True)
        try:
            self._add(self.placing.shown(whole_numbers(raw, self.volume)), builder)
        except (MaskError, PayloadError, ValueError) as error:
            yield PayloadError(str(error))
            return
        if not self.told:
            builder.unread_facts += [UnreadFact(name, reason) for name, reason in self.placing.problems]
            self.told = True
        yield submission_or_reason(builder, image, self.place.annotator)

    def _add(self, values: npt.NDArray[Any], builder: RegionBuilder) -> None:
        add_labelled(
            painted(np.ascontiguousarray(values), background=None),
            builder,
            self.budget,
            label=self.legend.of_value,
            unnamed=lambda value: f"the value {value} is not in the legend {self.legend.name}",
            object_name=str,
        )
