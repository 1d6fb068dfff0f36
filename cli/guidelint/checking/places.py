"""Where in the text of a delivery something stands that was judged or could not be read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from guidelint.checking.place import Place, span_of, told

if TYPE_CHECKING:
    from guidelint.annotation.region_ref import RegionRef
    from guidelint.checking.record import Judged, Unread
    from guidelint.validation.judging.finding import Finding


def place_of(unread: Unread) -> Place:
    """Place of what could not be read."""
    return Place(unread.file, span_of(unread.text, unread.annotation))


def places(judged: Judged, finding: Finding) -> tuple[Place, ...]:
    """Place of each region of a finding, or of the item, annotation or series it is about."""
    if finding.regions:
        return tuple(_region_place(judged, region) for region in finding.regions)
    if judged.starts is not None and judged.verdict.subject.task:
        return (judged.starts.place(judged.verdict.subject.task),)
    return (_item_place(judged, _item(judged, finding)),)


def _region_place(judged: Judged, region: RegionRef) -> Place:
    if judged.starts is not None:
        return judged.starts.place(region.task)
    return _item_place(judged, region.item)


def _item_place(judged: Judged, item: int) -> Place:
    return Place(judged.file, span_of(judged.text, judged.number, item))


def _item(judged: Judged, finding: Finding) -> int:
    """Which item a finding without a region names in its evidence, by position or by id; 0: none."""
    position, name = finding.evidence.get("position"), finding.evidence.get("item")
    if isinstance(position, int):
        return position
    return _named(judged, name) if isinstance(name, str) else 0


def _named(judged: Judged, name: str) -> int:
    return 0 if judged.text is None else told(partial(judged.text.item_named, judged.number, name), 0)
