"""The formats of a delivery, and what of a guideline work in each of them is not judged by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.checking.record import FileSeen


@dataclass(slots=True)
class Formats:
    """Files by format; what a format cannot feed is listed once, however many files are of it."""

    files: dict[str, int] = field(default_factory=dict[str, int])
    """How many files, by the name of their format."""
    first: dict[tuple[str, str], FileSeen] = field(default_factory=dict[tuple[str, str], "FileSeen"])
    """The first file of each format under each guideline, which says what is not judged."""

    def see(self, file: FileSeen) -> None:
        """Count a file."""
        self.files[file.format_name] = self.files.get(file.format_name, 0) + (not file.again)
        self.first.setdefault((file.format_name, file.guideline), file)

    def called(self, file: FileSeen) -> str:
        """Name the format of a file, and the guideline it is judged by where there are several."""
        several = len({guideline for _, guideline in self.first}) > 1
        return f"{file.format_name} ({file.guideline})" if several else file.format_name

    def merge(self, other: Formats) -> None:
        """Count what was counted behind these."""
        for name, count in other.files.items():
            self.files[name] = self.files.get(name, 0) + count
        for key, file in other.first.items():
            self.first.setdefault(key, file)

    @property
    def have_legend(self) -> bool:
        """Whether any file has values that a legend explains."""
        return any(one.has_legend for one in self.first.values())

    @property
    def limited(self) -> tuple[FileSeen, ...]:
        """Formats that the guideline does not take, or that some of its rules are not judged on."""
        return tuple(one for _, one in sorted(self.first.items()) if one.not_judged or one.refusal)

    def as_json(self) -> dict[str, object]:
        """Give all of it under stable names."""
        return {
            "files_by_format": dict(sorted(self.files.items())),
            "not_judged_here": {self.called(one): _unfed(one) for one in self.limited if one.not_judged},
            "formats_not_taken": {self.called(one): one.refusal for one in self.limited if one.refusal},
        }


def _unfed(file: FileSeen) -> list[dict[str, object]]:
    return [{"rule": one.rule, "clauses": one.clauses, "lacks": one.lacks} for one in file.not_judged]
