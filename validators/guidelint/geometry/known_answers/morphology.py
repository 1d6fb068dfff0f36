"""Known answers for masks shrunk, grown, opened and closed by a radius."""

from __future__ import annotations

from guidelint.geometry import morphology
from guidelint.geometry.known_answers.answer import Group, KnownAnswer
from guidelint.geometry.known_answers.inputs import FINE, TALL, UNIT, frame, rectangle

# On square pixels a radius of 1.5 makes a disc of 3 × 3 pixels, as √2 ≤ 1.5 < 2; on pixels of 2 × 1 mm a radius of 1 mm
# makes one of 1 × 3. A rectangle shrinks by the reach of the disc on each side, whatever the disc.
# what of what, how much; how it is measured, how the answer is derived
# fmt: off
MORPHOLOGY = Group("Shrinking and growing", (
    KnownAnswer("shrunk by 2 mm", "rectangle of 10 × 12 pixels", 48, "px",
                lambda: morphology.eroded(rectangle(10, 12), 2, UNIT).area_px, "(10 − 4) · (12 − 4)"),
    KnownAnswer("shrunk by 2 mm", "rectangle of 10 × 12 pixels of 2 × 1 mm", 64, "px",
                lambda: morphology.eroded(rectangle(10, 12), 2, TALL).area_px, "(10 − 2) · (12 − 4)"),
    KnownAnswer("shrunk by 1.4 mm", "rectangle of 10 × 12 pixels of 0.5 × 0.7 mm", 48, "px",
                lambda: morphology.eroded(rectangle(10, 12), 1.4, FINE).area_px, "(10 − 2 · 2) · (12 − 2 · 2)"),
    KnownAnswer("shrunk by 5 mm", "rectangle of 10 × 12 pixels", 0, "px",
                lambda: morphology.eroded(rectangle(10, 12), 5, UNIT).area_px, "no disc of 11 rows fits"),
    KnownAnswer("grown by 10 mm", "one pixel", 317, "px",
                lambda: morphology.dilated(rectangle(1, 1, 31, 40), 10, UNIT).area_px, "OEIS A000328"),
    KnownAnswer("grown by 1 mm", "rectangle of 10 × 12 pixels", 164, "px",
                lambda: morphology.dilated(rectangle(10, 12), 1, UNIT).area_px, "10 · 12 + 2 · (10 + 12)"),
    KnownAnswer("grown by 1 mm", "rectangle of 10 × 12 pixels of 2 × 1 mm", 140, "px",
                lambda: morphology.dilated(rectangle(10, 12), 1, TALL).area_px, "10 · (12 + 2)"),
    KnownAnswer("grown by 1.4 mm", "one pixel of 0.5 × 0.7 mm", 17, "px",
                lambda: morphology.dilated(rectangle(1, 1), 1.4, FINE).area_px, "columns of 1, 5, 5, 5, 1"),
    KnownAnswer("grown by 2 mm", "one pixel in the corner of its image", 6, "px",
                lambda: morphology.dilated(rectangle(1, 1, 0, 0), 2, UNIT).area_px, "rows of 3, 2, 1"),
    KnownAnswer("opened by 1.5 mm", "square of 10 × 10 pixels with a spike of one", 100, "px",
                lambda: morphology.opened(rectangle(10, 10) | rectangle(6, 1, 1, 15), 1.5, UNIT).area_px,
                "the spike is narrower than 3 pixels"),
    KnownAnswer("opened by 1 mm", "square of 10 × 10 pixels", 96, "px",
                lambda: morphology.opened(rectangle(10, 10), 1, UNIT).area_px, "a cross of 5 reaches no corner"),
    KnownAnswer("opened by 1 mm", "row of 10 pixels of 2 × 1 mm", 10, "px",
                lambda: morphology.opened(rectangle(1, 10), 1, TALL).area_px, "it holds 1 × 3 pixels"),
    KnownAnswer("opened by 1 mm", "column of 10 pixels of 2 × 1 mm", 0, "px",
                lambda: morphology.opened(rectangle(10, 1), 1, TALL).area_px, "it does not"),
    KnownAnswer("closed by 1.5 mm", "frame of 8 × 10 pixels with a hole of 2 × 2", 80, "px",
                lambda: morphology.closed(frame(8, 10, 2, 2), 1.5, UNIT).area_px, "no 3 × 3 pixels fit into the hole"),
    KnownAnswer("closed by 1.5 mm", "frame of 8 × 10 pixels with a hole of 4 × 4", 64, "px",
                lambda: morphology.closed(frame(8, 10, 4, 4), 1.5, UNIT).area_px, "the hole is made of 3 × 3 pixels"),
    KnownAnswer("closed by 1 mm", "squares of 10 × 10 pixels of 2 × 1 mm, one column between", 210, "px",
                lambda: morphology.closed(rectangle(10, 10) | rectangle(10, 10, 7, 22), 1, TALL).area_px,
                "1 mm is narrower than 3 columns"),
    KnownAnswer("closed by 1 mm", "squares of 10 × 10 pixels of 2 × 1 mm, one row between", 200, "px",
                lambda: morphology.closed(rectangle(10, 10) | rectangle(10, 10, 18, 11), 1, TALL).area_px,
                "the disc fits between, 1 × 3 pixels"),
))
# fmt: on
