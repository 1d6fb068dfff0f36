"""Which columns a tab of the Data Manager shows, and how wide: so that all of ours are seen at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from guidelint.labelstudio.writeback.columns import (
    ANNOTATOR,
    DIGEST,
    GUIDELINE,
    RULES,
    STATUS,
    SUMMARY,
    VERDICT,
    WAITS_FOR,
)

_DICOM: Final = (
    "StudyInstanceUID",
    "SeriesInstanceUID",
    "SOPInstanceUID",
    "Modality",
    "PixelSpacing",
    "SliceThickness",
    "SliceLocation",
    "SpacingBetweenSlices",
    "ImagePositionPatient",
    "ImagePositionPatientZ",
    "Rows",
    "Columns",
)
"""Keys of the task data that rules read and people need not: hidden, so that what is ours is in sight."""
_STANDARD: Final = (
    "tasks:inner_id",
    "tasks:cancelled_annotations",
    "tasks:total_predictions",
    "tasks:annotations_results",
    "tasks:annotations_ids",
    "tasks:predictions_score",
    "tasks:predictions_model_versions",
    "tasks:predictions_results",
    "tasks:file_upload",
    "tasks:storage_filename",
    "tasks:created_at",
    "tasks:completed_at",
    "tasks:updated_at",
    "tasks:updated_by",
    "tasks:avg_lead_time",
    "tasks:draft_exists",
)
_WIDTHS: Final = {STATUS: 100, SUMMARY: 410, RULES: 160, ANNOTATOR: 110, GUIDELINE: 110, WAITS_FOR: 110}
_COUNTS: Final = ("tasks:total_annotations", "tasks:annotators")


def _of_data(*keys: str) -> tuple[str, ...]:
    return tuple(f"tasks:data.{key}" for key in keys)


_HIDDEN: Final = (*_STANDARD, *_of_data(VERDICT, DIGEST, *_DICOM))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Columns of a tab: the hidden ones, and the widths of others in pixels, to which Label Studio adds 20."""

    hidden: frozenset[str]
    """In the table."""
    hidden_beside: frozenset[str]
    """In the list beside an open task."""
    widths: frozenset[tuple[str, int]]

    def as_data(self) -> dict[str, object]:
        """Write it as Label Studio stores it."""
        return {
            "hiddenColumns": {"explore": sorted(self.hidden), "labeling": sorted(self.hidden_beside)},
            "columnsWidth": dict(sorted(self.widths)),
        }


def arrangement(hidden: object, widths: object) -> Arrangement:
    """Read it from the data of a tab; what is not there or not of the expected kind counts as empty."""
    listed = hidden if isinstance(hidden, Mapping) else {}
    wide = widths if isinstance(widths, Mapping) else {}
    return Arrangement(
        _names(listed.get("explore")),
        _names(listed.get("labeling")),
        frozenset((str(column), int(px)) for column, px in wide.items() if isinstance(px, (int, float))),
    )


def _names(listed: object) -> frozenset[str]:
    return frozenset(map(str, listed)) if isinstance(listed, (list, tuple)) else frozenset()


def _made(hidden: tuple[str, ...], also_beside: tuple[str, ...], widths: Mapping[str, int]) -> Arrangement:
    return Arrangement(frozenset(hidden), frozenset((*hidden, *also_beside)), frozenset(widths.items()))


def arranged_for(image: str, facts: Iterable[str], *, pictured: bool) -> Arrangement:
    """Arrange a tab so that all of ours fits a window of 1280 pixels, or of 1400 pixels with the picture.

    Who annotated stands in our own column, which also knows whose work was taken out. ``image``: key of the picture.
    ``facts``: keys that the guideline's rules read. ``pictured``: the picture is shown.
    """
    hidden = dict.fromkeys((*_HIDDEN, *_COUNTS, *_of_data(*facts, *(() if pictured else (image,)))))
    widths = {"tasks:id": 50, f"tasks:data.{image}": 92} | {f"tasks:data.{key}": px for key, px in _WIDTHS.items()}
    return _made(tuple(hidden), _of_data(RULES, ANNOTATOR, GUIDELINE, WAITS_FOR), widths)


FORMER: Final = (
    _made(_HIDDEN, _COUNTS, {"tasks:id": 90, **dict(zip(_of_data(STATUS, SUMMARY), (130, 560), strict=True))}),
)
"""How tabs were made by 0.1.0."""
