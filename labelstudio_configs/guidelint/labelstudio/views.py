"""Tabs of the Data Manager, one per outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.writeback import BEING_READ, DIGEST, STATUS, SUMMARY, VERDICT

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL_TASKS: Final = "All tasks"
OUTCOMES: Final = {
    "Returned": "returned",
    "Escalated": "escalated",
    "Accepted": "accepted",
    "Unverified": "unverified",
    "Being read again": BEING_READ,
}
"""Title of a tab → value of ``gl_status`` that it shows."""

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
"""Keys of the task data that rules read and people need not: hidden, so that status and summary are in sight."""
_HIDDEN: Final = (
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
    f"tasks:data.{VERDICT}",
    f"tasks:data.{DIGEST}",
    *(f"tasks:data.{key}" for key in _DICOM),
)


_HIDDEN_BESIDE_AN_OPEN_TASK: Final = (*_HIDDEN, "tasks:total_annotations", "tasks:annotators")


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved tab of the Data Manager, as Label Studio stores it."""

    id: int
    """0: not stored yet."""
    title: str
    data: Mapping[str, object]

    @property
    def filters(self) -> object:
        """What it filters on: the part that makes it what it is; columns and widths are the users' own."""
        return self.data.get("filters")


def all_tasks() -> Tab:
    """Make the tab of all tasks, which Label Studio adds by itself only where there is no other tab."""
    return _tab(ALL_TASKS, ())


def outcome_tabs() -> tuple[Tab, ...]:
    """One tab for each outcome."""
    return tuple(_tab(title, (_status_is(status),)) for title, status in OUTCOMES.items())


def _tab(title: str, items: tuple[dict[str, object], ...]) -> Tab:
    return Tab(
        0,
        title,
        {
            "title": title,
            "type": "list",
            "target": "tasks",
            "filters": {"conjunction": "and", "items": list(items)},
            "ordering": ["-tasks:updated_at"] if items else [],
            "hiddenColumns": {"explore": list(_HIDDEN), "labeling": list(_HIDDEN_BESIDE_AN_OPEN_TASK)},
            "columnsWidth": {"tasks:id": 90, f"tasks:data.{STATUS}": 130, f"tasks:data.{SUMMARY}": 560},
            "columnsDisplayType": {},
            "gridWidth": 4,
        },
    )


def _status_is(status: str) -> dict[str, object]:
    return {"filter": f"filter:tasks:data.{STATUS}", "operator": "equal", "type": "String", "value": status}
