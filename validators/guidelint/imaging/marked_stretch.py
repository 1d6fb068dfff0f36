"""The stretch of a series from the first to the last slice that bears a mark: where the mark is missing in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from guidelint.imaging.stack import Level, Stack, Step


def unmarked_between(stack: Stack, marked: Collection[str]) -> tuple[Level, ...]:
    """Places between the first and the last marked slice that were delivered without a mark: holes in an object.

    ``marked``: names of slices of the stack; a place counts as marked when one of the slices there is.
    """
    return tuple(level for level in _stretch(stack, marked) if not _is_marked(level, marked))


def missing_between(stack: Stack, marked: Collection[str]) -> tuple[Step, ...]:
    """Gaps between the first and the last marked slice: slices that were not delivered.

    Raises NotMeasurable when the stack cannot tell what a gap is; one place alone has none.
    """
    stretch = _stretch(stack, marked)
    if len(stretch) < 2:  # noqa: PLR2004 - nothing lies in between
        return ()
    return tuple(gap for gap in stack.gaps() if stretch[0].along_mm <= gap.before.along_mm < stretch[-1].along_mm)


def _stretch(stack: Stack, marked: Collection[str]) -> tuple[Level, ...]:
    """Places from the first to the last marked slice. Raises ValueError when a marked slice is not in the stack."""
    if unknown := sorted(set(marked).difference(stack.order)):
        raise ValueError(f"not in the stack: {', '.join(unknown)}")
    at = [number for number, level in enumerate(stack.levels) if _is_marked(level, marked)]
    return stack.levels[at[0] : at[-1] + 1] if at else ()


def _is_marked(level: Level, marked: Collection[str]) -> bool:
    return any(name in marked for name in level.slices)
