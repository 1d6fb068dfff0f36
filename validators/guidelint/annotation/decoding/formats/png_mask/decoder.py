"""Masks in PNG: one file is all that one annotator painted on one image, and a legend says what its values mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import TaskRecord
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.whole_bytes import whole_bytes
from guidelint.annotation.decoding.formats.png_mask.pixels import Header, painting
from guidelint.annotation.decoding.legends.finding import legend_for
from guidelint.annotation.decoding.legends.place import mask_place
from guidelint.annotation.decoding.parts.budget import Budget
from guidelint.annotation.decoding.parts.drawn import RegionBuilder, submission_or_reason
from guidelint.annotation.decoding.parts.labelled import add_labelled
from guidelint.annotation.decoding.parts.painted import painted
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.geometry.mask import MaskError
from guidelint.imaging.pixels.png_rows import SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.annotation.decoding.decoder import Decoded, Opened
    from guidelint.annotation.decoding.legends.legend import Legend
    from guidelint.annotation.decoding.legends.place import MaskPlace
    from guidelint.annotation.submission import Submission

MOST_BYTES = 64 * 2**20
"""Largest file that is read."""
TITLE = "a mask in PNG"


@dataclass(frozen=True, slots=True)
class PngMask:
    """Reads masks in PNG."""

    name: str = "png-mask"
    title: str = TITLE
    endings: tuple[str, ...] = (".png",)
    carries: frozenset[Carried] = frozenset({"annotators"})
    has_schema: bool = False
    has_legend: bool = True

    def fits(self, head: bytes) -> bool:
        """Whether it is a PNG."""
        return head.startswith(SIGNATURE)

    def records(self, opened: Opened) -> Iterator[Decoded]:
        """Read the one image. Raises FormatError where it is no PNG, or no legend says what its values mean."""
        if not self.fits(opened.blocks.head):
            raise FormatError(f"it is no PNG, so not {TITLE}. Export it again")
        legend = legend_for(opened.source, opened.legend)
        place = mask_place(opened.source, legend)
        if (opened.source.size_bytes or 0) > MOST_BYTES:
            raise FormatError(f"it is larger than {MOST_BYTES // 2**20} MiB, the most that is read of a picture")
        png = whole_bytes(opened.blocks, opened.source.size_bytes)
        yield _task(png, opened, legend, place)


DECODER = PngMask()


def _task(png: bytes, opened: Opened, legend: Legend, place: MaskPlace) -> TaskRecord:
    keys = opened.vocabulary.image
    try:
        header = Header.of(png)
    except PayloadError as error:
        read, data = partial(_reason, error), {}
    else:
        data = {keys.rows: header.rows, keys.columns: header.columns}
        read = partial(_submissions, png, header, opened, legend, place)
    return TaskRecord(position=1, task=place.image, data={keys.image: place.image, **data}, annotations=1, read=read)


def _reason(error: PayloadError) -> Iterator[Submission | PayloadError]:
    yield error


def _submissions(
    png: bytes, header: Header, opened: Opened, legend: Legend, place: MaskPlace
) -> Iterator[Submission | PayloadError]:
    keys = opened.vocabulary.image
    data = {keys.image: place.image, keys.rows: header.rows, keys.columns: header.columns}
    try:
        image = painting(png, header)
        builder = RegionBuilder(opened.vocabulary, TaskImage(data, keys, opened.given), (header.columns, header.rows))
        add_labelled(
            painted(image.values, background=None),
            builder,
            Budget(),
            label=lambda value: image.label(value, legend),
            unnamed=lambda value: f"{image.called(value)} is not in the legend {legend.name}",
        )
    except (MaskError, PayloadError) as error:
        yield PayloadError(str(error))
        return
    yield submission_or_reason(builder, place.image, place.annotator)
