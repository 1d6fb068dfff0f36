"""What becomes of stored work, for people: text that is Markdown as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.checking.impact.impact import ANNOTATION
from guidelint.cli.render.terminal.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.checking.impact.impact import Impact, Row

_MOST: Final = 20
"""So many rows of a table are shown; JSON has all."""


def as_markdown(found: Impact) -> str:
    """Write the sum of it, then tables."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Impact) -> Iterator[str]:
    yield f"## {visible(found.old)} → {visible(found.new)}"
    yield ""
    yield f"{found.annotations_changed:,} of {found.annotations:,} annotations change their verdict."
    if found.above:
        yield f"{found.above_changed:,} verdicts on what holds more than one annotation change."
    if found.unread:
        yield f"{found.unread:,} records could not be read, and are left out."
    if moves := (*found.moves, *found.above):
        told = [(_kind(move.kind), f"{move.old} → {move.new}", f"{move.count:,}") for move in moves]
        yield from _table(("Of", "Verdict", "Change"), told)
    yield from _rows("Asked for at", found.by_clause)
    if found.annotations_changed:
        yield from _rows("Class", found.by_class)
        yield from _rows("Annotator", found.by_annotator)
        yield from _rows("File", found.by_source)
    if found.again:
        again = [(visible(one.name), ", ".join(map(visible, one.annotators)) or "nobody yet") for one in found.again]
        yield from _table(("To be certified again for", "Who marked it"), again)


def _kind(kind: str) -> str:
    return "annotation" if kind == ANNOTATION else kind


def _rows(heading: str, rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        shown = [(visible(row.name) or "none", f"{row.changed:,}", f"{row.of:,}") for row in rows[:_MOST]]
        yield from _table((heading, "Change", "Of"), shown)
    if len(rows) > _MOST:
        yield f"\nand {len(rows) - _MOST} more; `--format json` lists them all."


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in (head, *escaped)) for at in range(len(head))]
    yield ""
    for row in (head, ["-" * width for width in widths], *escaped):
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
