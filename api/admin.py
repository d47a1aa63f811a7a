"""What those who run the service see, at an address of its own that strangers do not reach.

/metrics for Prometheus, and the probes: /livez and /readyz as on the public address. It answers
while the public one is busy and refuses nothing; who may reach it is decided by where it listens.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.metrics import MEDIA_TYPE, Metrics
from api.problems import ProblemError
from api.replies import refusal
from api.routes import health
from api.schemas.links import Links
from api.state import State

INDEX = "/livez\n/readyz\n/metrics\n"


def create_admin(state: State, metrics: Metrics, links: Links) -> Starlette:
    """Return the application for those who run the service."""

    async def index(_request: Request) -> Response:
        return PlainTextResponse(INDEX)

    async def livez(_request: Request) -> Response:
        return await health.livez()

    async def readyz(_request: Request) -> Response:
        try:
            return await health.readyz(state)
        except ProblemError as error:
            return refusal(error, "readyz", links)

    async def exposition(_request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return Response(metrics.exposition(), headers=headers, media_type=MEDIA_TYPE)

    replies: tuple[tuple[str, Callable[[Request], object]], ...] = (
        ("/", index),
        ("/livez", livez),
        ("/readyz", readyz),
        ("/metrics", exposition),
    )
    app = Starlette(routes=[Route(path, reply) for path, reply in replies])
    app.router.redirect_slashes = False  # to an address made of what the request says is the host
    return app
