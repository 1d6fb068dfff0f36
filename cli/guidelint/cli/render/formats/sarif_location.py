"""Locations in SARIF 2.1.0: a region of a file by line, column and character, and the name of what stands there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from guidelint.checking.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.files.text_point import Span
    from guidelint.annotation.region_ref import RegionRef
    from guidelint.checking.place import Place
    from guidelint.checking.record import Judged
    from guidelint.cli.render.formats.record_json import Json
    from guidelint.validation.judging.finding import Finding

LARGEST_NUMBER = 2**31 - 1
"""Readers of SARIF keep numbers in 32 bits; a place beyond is left out, or they would refuse the whole file."""


def locations(judged: Judged, finding: Finding) -> Iterator[Json]:
    """Give a location for each region of a finding, or for what was judged."""
    for place, name in zip(places(judged, finding), _names(judged, finding), strict=True):
        yield location(place, name)


def location(place: Place, name: str) -> Json:
    """Give one location; a series is in no single file and has a name alone."""
    logical: Json = {"logicalLocations": [{"fullyQualifiedName": name or "?", "kind": "annotation"}]}
    if not place.file:
        return logical
    physical: Json = {"artifactLocation": {"uri": uri(place.file)}}
    if place.span is not None and _fits(place.span):
        physical["region"] = _region(place.span)
    return {"physicalLocation": physical, **logical}


def _region(span: Span) -> Json:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
        "charOffset": span.start.character,
        "charLength": span.end.character - span.start.character,
    }


def _fits(span: Span) -> bool:
    return max(span.end.character, span.end.line, span.end.column, span.start.column) <= LARGEST_NUMBER


def _names(judged: Judged, finding: Finding) -> Iterator[str]:
    subject = judged.verdict.subject
    if not finding.regions:
        named = (subject.series, subject.task, subject.annotation, subject.name)
        yield "/".join(part for part in named if part) or subject.title
    for region in finding.regions:
        yield "/".join(part for part in _path(judged, region) if part)


def _path(judged: Judged, region: RegionRef) -> tuple[str, ...]:
    subject = judged.verdict.subject
    return subject.series, region.task or subject.task, region.annotation or subject.annotation, region.id


def uri(file: str) -> str:
    """Give the address of a file, in its place or below the folder of the run."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
