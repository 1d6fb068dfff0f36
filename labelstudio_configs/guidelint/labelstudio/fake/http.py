"""The fake Label Studio on a wire: as a transport for clients in the same process, or as a web application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from guidelint.labelstudio.fake.fake import FakeLabelStudio


def transport(fake: FakeLabelStudio) -> httpx.MockTransport:
    """Transport that answers from the fake without a network."""

    def answer(request: httpx.Request) -> httpx.Response:
        token = request.headers.get("Authorization", "").removeprefix("Token ")
        query = dict(request.url.params)
        status, body = fake.answer(request.method, request.url.path, query, request.read(), token)
        return httpx.Response(status, content=body, headers={"Content-Type": "application/json"})

    return httpx.MockTransport(answer)


def app(fake: FakeLabelStudio) -> Starlette:
    """Web application that answers from the fake, each request in a thread of its own like Label Studio."""
    from starlette.applications import Starlette  # noqa: PLC0415 - part of the service extra
    from starlette.concurrency import run_in_threadpool  # noqa: PLC0415
    from starlette.requests import ClientDisconnect, Request  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    async def answer(request: Request) -> Response:
        token = request.headers.get("Authorization", "").removeprefix("Token ")
        try:
            given = (request.method, request.url.path, dict(request.query_params), await request.body(), token)
        except ClientDisconnect:
            return Response(status_code=400)
        status, body = await run_in_threadpool(fake.answer, *given)
        return Response(body, status_code=status, media_type="application/json")

    methods = ["GET", "POST", "PATCH", "DELETE"]
    return Starlette(routes=[Route("/api/{path:path}", answer, methods=methods)])
