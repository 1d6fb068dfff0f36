"""What those who watch the service may ask: whether it is alive, whether it does its work, in figures how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import asdict
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from guidelint.service.receiver.watching.metrics import CONTENT_TYPE
from guidelint.service.receiver.watching.readiness import checks, is_ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from guidelint.service.receiver.hold import Hold
    from guidelint.service.receiver.watching.facts import Facts
    from guidelint.service.receiver.watching.metrics import Metrics
    from guidelint.service.receiver.watching.outlook import Outlook


class WatchRoutes:
    """Answers those who watch. ``knows_secret``: whether a request carries the secret, and may be told names."""

    def __init__(self, outlook: Outlook, hold: Hold, metrics: Metrics, knows_secret: Callable[[Request], bool]) -> None:
        self._outlook = outlook
        self._hold = hold
        self._metrics = metrics
        self._knows_secret = knows_secret

    def routes(self) -> list[Route]:
        """All of them."""
        answers = {"/health": health, "/ready": self.ready, "/metrics": self.metrics}
        return [Route(path, answer, methods=["GET"]) for path, answer in answers.items()]

    async def ready(self, request: Request) -> Response:
        """Whether submissions are judged and told: 200, or 503 with what keeps them from it."""
        facts = await self._outlook.facts()
        found = checks(facts)
        ready, in_detail = is_ready(found), self._knows_secret(request)
        content = {
            "ready": ready,
            **asdict(facts.state),
            "pending": self._pending(facts),
            "oldest_pending_s": None if facts.oldest_pending_s is None else round(facts.oldest_pending_s, 1),
            "checks": [check.json(in_detail=in_detail) for check in found],
        }
        return JSONResponse(content, status_code=200 if ready else 503)

    async def metrics(self, _request: Request) -> Response:
        """Figures for Prometheus."""
        facts = await self._outlook.facts()
        text = self._metrics.text(facts, checks(facts))
        return Response(text, headers={"Content-Type": CONTENT_TYPE})

    def _pending(self, facts: Facts) -> int:
        """Count hints that could be dealt with now, with those that were stored a moment ago."""
        return max(facts.stored.waiting.due if facts.stored else 0, len(self._hold.open))


async def health(_request: Request) -> Response:
    """Whether this process is alive: it answers. What else it takes to judge, ``/ready`` tells."""
    return JSONResponse({"receiving": True})
