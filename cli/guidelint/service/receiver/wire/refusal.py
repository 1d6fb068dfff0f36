"""A request that is not taken: what is answered, and what it counts as."""

from __future__ import annotations

from starlette.responses import JSONResponse


class Refusal(Exception):  # noqa: N818 - what it is
    """Why a request is not taken."""

    def __init__(self, status: int, outcome: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        """HTTP status code of the answer."""
        self.outcome = outcome
        """What it counts as."""

    def answer(self) -> JSONResponse:
        """Tell whoever asked."""
        return answer(self.status, str(self))


def answer(status: int, what: str) -> JSONResponse:
    """Answer in a sentence."""
    return JSONResponse({"detail": what}, status_code=status)
