"""What a file is that no decoder can read."""

from __future__ import annotations


class FormatError(ValueError):
    """A file that is not of a format, or not to be read at all; the message says what it is and what to do."""
