"""Ways in which Label Studio does not do what it was asked."""

from __future__ import annotations


class LabelStudioError(Exception):
    """Label Studio did not do what it was asked; the message is for the reader of the log."""


class Gone(LabelStudioError):  # noqa: N818 - what happened, in a word
    """What was asked for is not there (any more)."""


class Unreachable(LabelStudioError):  # noqa: N818 - what happened, in a word
    """No usable answer: connection refused, time-out, overload. Asking again later is right."""


class Refused(LabelStudioError):  # noqa: N818 - what happened, in a word
    """Label Studio understood and said no: credentials, permissions, validation. Asking again changes nothing."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status
        """HTTP status code."""
