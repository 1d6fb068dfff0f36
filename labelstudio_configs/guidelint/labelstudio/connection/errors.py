"""Ways in which Label Studio does not do what it was asked: gone, away, not mine, refused; ``answers`` knows which."""

from __future__ import annotations


class LabelStudioError(Exception):
    """Label Studio did not do what it was asked; the message is for whoever reads the log."""


class Gone(LabelStudioError):  # noqa: N818 - what happened, in a word
    """What was asked for is not there (any more), and Label Studio itself was there to say so."""


class ProjectGone(Gone):
    """A project is not there, or belongs to an organisation that the account does not."""


class Unreachable(LabelStudioError):  # noqa: N818 - what happened, in a word
    """Label Studio is away: no answer, overload, something else in its place. Asking again later is right."""


class TooSlow(Unreachable):
    """The answer did not come in time: it may be away, or too much was asked for at once."""


class NotThere(Unreachable):
    """One answer in Label Studio's own words that something is not there. Until that is proved it counts as away."""


class NotMine(LabelStudioError):  # noqa: N818 - what happened, in a word
    """The token is not accepted, or may not do this. Asking again is right once it has been put right."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status
        """HTTP status code."""


class Refused(LabelStudioError):  # noqa: N818 - what happened, in a word
    """Label Studio itself understood just this request and said no. Asking again changes nothing."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status
        """HTTP status code."""


class TooLong(Refused):
    """The answer is longer than is read."""
