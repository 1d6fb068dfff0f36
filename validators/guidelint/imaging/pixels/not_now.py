"""What could not be told this time."""

from __future__ import annotations

from guidelint.geometry.not_measurable import NotMeasurable


class NotNow(NotMeasurable):
    """Something that cannot be told, and perhaps can another time. The reason is for people."""
