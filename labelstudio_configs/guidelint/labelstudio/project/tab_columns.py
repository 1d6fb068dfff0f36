"""Which columns a tab of the Data Manager shows, and how wide: so that all of ours are seen at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
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
from guidelint.labelstudio.writeback.derived_columns import column_of, is_derived_column

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
_LETTER_PX: Final = 8
_OF_DATA: Final = "tasks:data."
_COUNTS: Final = ("tasks:total_annotations", "tasks:annotators")


def _of_data(*keys: str) -> tuple[str, ...]:
    return tuple(f"{_OF_DATA}{key}" for key in keys)


_HIDDEN: Final = (*_STANDARD, *_of_data(VERDICT, DIGEST, *_DICOM))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Columns of a tab: the hidden ones, and the widths of others in pixels, to which Label Studio adds 20."""

    hidden: frozenset[str]
    """In the table."""
    hidden_beside: frozenset[str]
    """In the list beside an open task."""
    widths: frozenset[tuple[str, int]]
    numeric: frozenset[str] = frozenset()
    """Columns that are sorted by number."""

    def as_data(self, before: Mapping[str, object] = MappingProxyType({})) -> dict[str, object]:
        """Write it as Label Studio stores it; how a column is shown that is not sorted by number stays as before."""
        shown_as = {**_mapping(before.get("columnsDisplayType")), **dict.fromkeys(sorted(self.numeric), "Number")}
        return {
            "hiddenColumns": {"explore": sorted(self.hidden), "labeling": sorted(self.hidden_beside)},
            "columnsWidth": dict(sorted(self.widths)),
            "columnsDisplayType": shown_as,
        }

    def with_new(self, wanted: Arrangement) -> Arrangement:
        """Add columns of what follows that were not there when it was made; what people arranged stays."""
        here = self.hidden | {name for name, _ in self.widths}
        new = {name for name, _ in wanted.widths if is_derived_column(name.removeprefix(_OF_DATA))} - here
        return replace(
            self,
            hidden_beside=self.hidden_beside | new,
            widths=self.widths | {(name, px) for name, px in wanted.widths if name in new},
            numeric=self.numeric | (wanted.numeric & new),
        )


def arrangement(data: Mapping[str, object]) -> Arrangement:
    """Read it from the data of a tab; what is not there or not of the expected kind counts as empty."""
    listed, wide = _mapping(data.get("hiddenColumns")), _mapping(data.get("columnsWidth"))
    shown_as = _mapping(data.get("columnsDisplayType"))
    return Arrangement(
        _names(listed.get("explore")),
        _names(listed.get("labeling")),
        frozenset((str(column), int(px)) for column, px in wide.items() if isinstance(px, (int, float))),
        frozenset(str(column) for column, kind in shown_as.items() if kind == "Number"),
    )


def _mapping(data: object) -> Mapping[str, object]:
    return data if isinstance(data, Mapping) else {}


def _names(listed: object) -> frozenset[str]:
    return frozenset(map(str, listed)) if isinstance(listed, (list, tuple)) else frozenset()


def _made(
    hidden: tuple[str, ...], also_beside: tuple[str, ...], widths: Mapping[str, int], numeric: Iterable[str] = ()
) -> Arrangement:
    beside = frozenset((*hidden, *also_beside))
    return Arrangement(frozenset(hidden), beside, frozenset(widths.items()), frozenset(numeric))


@dataclass(frozen=True, slots=True)
class OfTasks:
    """What stands in the task data of a project."""

    image: str = "image"
    """Key of the picture."""
    facts: tuple[str, ...] = ()
    """Keys that the guideline's rules read."""
    derived: tuple[str, ...] = ()
    """Questions that nobody is asked, since the answer follows: each has a column."""
    numbers: frozenset[str] = frozenset()
    """Those of them whose column holds numbers."""


def arranged_for(tasks: OfTasks, *, pictured: bool) -> Arrangement:
    """Arrange a tab so that all of ours fits a window of 1280 pixels, or of 1400 pixels with the picture.

    What follows from answers stands to the right of that. Who annotated stands in our own column, which also knows
    whose work was taken out. ``pictured``: the picture is shown.
    """
    image, facts = tasks.image, tasks.facts
    derived = tuple(map(column_of, tasks.derived))
    hidden = dict.fromkeys((*_HIDDEN, *_COUNTS, *_of_data(*facts, *(() if pictured else (image,)))))
    widths = {"tasks:id": 50, f"{_OF_DATA}{image}": 92} | {f"{_OF_DATA}{key}": px for key, px in _WIDTHS.items()}
    widths |= {f"{_OF_DATA}{key}": _wide_enough(key) for key in derived}
    numeric = _of_data(*map(column_of, tasks.numbers))
    return _made(tuple(hidden), _of_data(RULES, ANNOTATOR, GUIDELINE, WAITS_FOR, *derived), widths, numeric)


def _wide_enough(key: str) -> int:
    """Give a column the width of its title, within bounds."""
    return min(max(_LETTER_PX * len(key), 110), 240)


FORMER: Final = (
    _made(_HIDDEN, _COUNTS, {"tasks:id": 90, **dict(zip(_of_data(STATUS, SUMMARY), (130, 560), strict=True))}),
)
"""How tabs were made by 0.1.0."""
